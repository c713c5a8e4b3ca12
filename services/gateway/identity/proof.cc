#include "services/gateway/identity/proof.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"
#include "common/token/request_signature.h"
#include "common/uscc/uscc.h"
#include "services/gateway/identity/certificate.h"
#include "services/gateway/identity/identity_errors.h"

namespace jiebang::gateway {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kApplicants = "applicants/";
constexpr std::size_t kShortestNonce = 16;
constexpr std::size_t kLongestNonce = 64;

absl::StatusOr<Proof> Unrevoked(const Trust& trust, Proof proof) {
  if (trust.registry->IsWithdrawn(proof.evidence)) return CredentialRevoked();
  return proof;
}

Proof ProofOf(const std::shared_ptr<const Platform>& platform, identity::v1::Credential credential, absl::Time until) {
  Proof proof{.principal = platform->principal, .platform = platform, .until = until};
  proof.principal.set_credential(credential);
  proof.evidence.subject = proof.evidence.platform = platform->id();
  return proof;
}

bool IsNonce(std::string_view text) {
  return text.size() >= kShortestNonce && text.size() <= kLongestNonce &&
         absl::c_all_of(text, [](char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_'; });
}

// The canonical text parts lines by line feeds.
bool HasLineFeed(const SignedRequest& request, std::string_view on_behalf_of) {
  return absl::c_any_of(
      std::initializer_list<std::string_view>{request.verb, request.target, request.content_digest, request.timestamp,
                                              request.nonce, request.key_id, on_behalf_of},
      [](std::string_view part) { return part.find('\n') != std::string_view::npos; });
}

absl::StatusOr<absl::Time> TimeOf(const SignedRequest& request) {
  std::int64_t seconds = 0;
  const bool has_digits_alone = !request.timestamp.empty() && absl::c_all_of(request.timestamp, absl::ascii_isdigit);
  if (!has_digits_alone || !absl::SimpleAtoi(request.timestamp, &seconds)) {
    return SignatureMalformed("jiebang-timestamp");
  }
  return absl::FromUnixSeconds(seconds);
}

}  // namespace

absl::StatusOr<Proof> ProveByToken(const Trust& trust, std::string_view authorization, absl::Time now) {
  if (!authorization.starts_with(kBearer)) return NoBearer();
  ASSIGN_OR_RETURN(token::BearerToken token, trust.tokens.Verify(authorization.substr(kBearer.size()), now));
  const std::string subject = token.principal.subject();
  Proof proof{.platform = trust.registry->Find(subject),
              .until = absl::FromUnixSeconds(token.principal.expire_seconds())};
  if (!trust.own_issuer.empty() && token.issuer == trust.own_issuer) {
    if (proof.platform == nullptr) return PlatformUnknown(subject);
    proof.principal = proof.platform->principal;
    proof.principal.set_credential(identity::v1::CREDENTIAL_BEARER_TOKEN);
  } else {
    proof.principal = std::move(token.principal);
  }
  proof.evidence = {.subject = subject,
                    .platform = proof.platform == nullptr ? "" : subject,
                    .token_id = std::move(token.id),
                    .key_ids = {std::move(token.key_id), std::move(token.client_key)},
                    .issued_at = token.issued_at};
  return Unrevoked(trust, std::move(proof));
}

absl::StatusOr<Proof> ProveByCertificate(const Trust& trust, std::string_view pem, absl::Time now) {
  const absl::StatusOr<Certificate> certificate = Certificate::FromPem(pem);
  if (!certificate.ok()) return CertificateUnreadable();
  if (now < certificate->begins || now > certificate->ends) return CertificateNotValidNow();
  const std::shared_ptr<const Platform> platform = trust.registry->OwnerOf(*certificate);
  if (platform == nullptr) return CertificateUnknown();
  Proof proof = ProofOf(platform, identity::v1::CREDENTIAL_CLIENT_CERTIFICATE, certificate->ends);
  proof.evidence.certificate = certificate->fingerprint;
  proof.evidence.issued_at = certificate->begins;
  return Unrevoked(trust, std::move(proof));
}

absl::StatusOr<Proof> ProveBySignature(const Trust& trust, const SignedRequest& request, std::string_view on_behalf_of,
                                       absl::Time now) {
  if (!IsNonce(request.nonce)) return SignatureMalformed("jiebang-nonce");
  ASSIGN_OR_RETURN(const absl::Time signed_at, TimeOf(request));
  std::string signature;
  if (HasLineFeed(request, on_behalf_of) || !absl::Base64Unescape(request.signature, &signature)) {
    return SignatureMalformed("jiebang-signature");
  }
  if (absl::AbsDuration(now - signed_at) > kSignatureWindow) return SignatureOutOfTime();
  const RequestKey* const key = trust.registry->FindRequestKey(request.key_id);
  if (key == nullptr) return SignatureWrong();
  const token::SignableRequest signable{.verb = request.verb,
                                        .target = request.target,
                                        .content_digest = request.content_digest,
                                        .timestamp = request.timestamp,
                                        .nonce = request.nonce,
                                        .key_id = request.key_id,
                                        .on_behalf_of = on_behalf_of};
  if (!token::EqualInConstantTime(token::SignatureOf(key->kind, key->secret, signable), signature)) {
    return SignatureWrong();
  }
  if (!token::DigestFits(request.content_digest, request.body)) return ContentDigestWrong();
  Proof proof = ProofOf(key->platform, identity::v1::CREDENTIAL_SIGNED_REQUEST, signed_at + kSignatureWindow);
  proof.evidence.key_ids = {request.key_id};
  proof.evidence.issued_at = signed_at;
  return Unrevoked(trust, std::move(proof));
}

absl::Status ActFor(std::string_view on_behalf_of, const Platform* platform, identity::v1::Principal& principal) {
  const std::string uscc(on_behalf_of.starts_with(kApplicants) ? on_behalf_of.substr(kApplicants.size()) : "");
  if (!HasFormOfUscc(uscc)) return OnBehalfOfMalformed();
  if (platform == nullptr) return OnBehalfOfNotAllowed();
  if (!platform->ActsFor(uscc)) return NotInRegion(platform->id(), uscc);
  principal.clear_roles();
  principal.clear_unit();
  principal.clear_expert();
  principal.add_roles(options::v1::ROLE_APPLICANT);
  principal.set_uscc(uscc);
  principal.set_acting_platform(platform->id());
  return absl::OkStatus();
}

}  // namespace jiebang::gateway
