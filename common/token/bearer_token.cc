#include "common/token/bearer_token.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "common/token/bearer_errors.h"
#include "common/token/jwt.h"

namespace jiebang::token {
namespace {

using jiebang::identity::v1::Claims;
using options::v1::Role;

Json ToJson(const Claims& claims) {
  Json object;
  SetText(object, "iss", claims.iss());
  SetText(object, "sub", claims.sub());
  SetText(object, "aud", claims.aud());
  SetTime(object, "exp", absl::FromUnixSeconds(claims.exp()));
  SetTime(object, "iat", absl::FromUnixSeconds(claims.iat()));
  auto& roles = *(*object.mutable_fields())["roles"].mutable_list_value();
  for (const std::string& role : claims.roles()) roles.add_values()->set_string_value(role);
  SetText(object, "uscc", claims.uscc());
  SetText(object, "unit", claims.unit());
  SetText(object, "expert", claims.expert());
  return object;
}

// ROLE_UNSPECIFIED for what no token may claim. The names are those of the contract's enum, exactly as Claims.roles
// spells them.
Role ClaimableRole(const std::string& name) {
  if (name != absl::AsciiStrToLower(name)) return options::v1::ROLE_UNSPECIFIED;
  Role role = options::v1::ROLE_UNSPECIFIED;
  if (!options::v1::Role_Parse(absl::StrCat("ROLE_", absl::AsciiStrToUpper(name)), &role))
    return options::v1::ROLE_UNSPECIFIED;
  const bool is_claimable = role != options::v1::ROLE_PUBLIC && role != options::v1::ROLE_SERVICE;
  return is_claimable ? role : options::v1::ROLE_UNSPECIFIED;
}

// An owner without the id of what it owns is nobody; one whose id is no id could be taken for somebody.
absl::Status CheckOwner(Role role, const Principal& claimed) {
  if (role == options::v1::ROLE_APPLICANT && !IsResourceId(claimed.uscc())) return OwnerIdMissing("applicant", "uscc");
  if (role == options::v1::ROLE_UNIT && !IsResourceId(claimed.unit())) return OwnerIdMissing("unit", "unit");
  if (role == options::v1::ROLE_EXPERT && !IsResourceId(claimed.expert())) return OwnerIdMissing("expert", "expert");
  return absl::OkStatus();
}

absl::StatusOr<Principal> PrincipalIn(const Json& claims, bool needs_role) {
  const std::optional<std::string> subject = TextIn(claims, "sub");
  const std::optional<std::string> uscc = TextIn(claims, "uscc");
  const std::optional<std::string> unit = TextIn(claims, "unit");
  const std::optional<std::string> expert = TextIn(claims, "expert");
  const std::optional<std::vector<std::string>> roles = TextsIn(claims, "roles");
  if (!subject || subject->empty() || !uscc || !unit || !expert || !roles) return TokenMalformed();
  if (needs_role && roles->empty()) return RoleRefused("");
  Principal principal;
  principal.set_subject(*subject);
  principal.set_uscc(*uscc);
  principal.set_unit(*unit);
  principal.set_expert(*expert);
  principal.set_credential(identity::v1::CREDENTIAL_BEARER_TOKEN);
  for (const std::string& name : *roles) {
    const Role role = ClaimableRole(name);
    if (role == options::v1::ROLE_UNSPECIFIED) return RoleRefused(name);
    RETURN_IF_ERROR(CheckOwner(role, principal));
    principal.add_roles(role);
  }
  return principal;
}

std::shared_ptr<const KeySet> SetOf(std::vector<VerifyingKey> keys) {
  std::vector<NamedKey> named;
  for (VerifyingKey& key : keys) named.push_back({key.kid(), key});
  return std::make_shared<const KeySet>(std::move(named));
}

}  // namespace

absl::StatusOr<std::string> SignBearer(const Claims& claims, const SigningKey& key, const std::string& jti) {
  Json object = ToJson(claims);
  SetText(object, "jti", jti);
  return SignJwt(object, key);
}

BearerVerifier::BearerVerifier(std::vector<VerifyingKey> keys, std::string issuer, absl::Duration skew)
    : issuers_{{std::move(issuer), SetOf(std::move(keys))}}, limits_{.skew = skew} {}

BearerVerifier::BearerVerifier(std::vector<TrustedIssuer> issuers, TokenLimits limits)
    : issuers_(std::move(issuers)), limits_(limits) {}

absl::StatusOr<BearerToken> BearerVerifier::Verify(std::string_view token, absl::Time now) const {
  const std::optional<Jwt> jwt = ParseJwt(token);
  if (!jwt) return TokenMalformed();
  const std::optional<std::string> issuer = TextIn(jwt->claims, "iss");
  if (!issuer) return TokenMalformed();
  ASSIGN_OR_RETURN(const Signer signer, SignerOf(*jwt, *issuer));

  const std::optional<std::vector<std::string>> audience = TextsIn(jwt->claims, "aud");
  const std::optional<absl::Time> expires = TimeIn(jwt->claims, "exp", absl::UnixEpoch());
  const std::optional<absl::Time> issued = TimeIn(jwt->claims, "iat", absl::InfinitePast());
  const std::optional<absl::Time> begins = TimeIn(jwt->claims, "nbf", absl::InfinitePast());
  const std::optional<std::string> id = TextIn(jwt->claims, "jti");
  const std::optional<std::string> client_key = TextIn(jwt->claims, "client_key");
  if (!audience || !expires || !issued || !begins || !id || !client_key) return TokenMalformed();
  if (!absl::c_linear_search(*audience, kAudience)) return WrongAudience();
  const absl::Time end = *expires + limits_.skew;
  if (now >= end) return TokenExpired();
  if (std::max(*issued, *begins) > now + limits_.skew) return TokenNotYetValid();
  const absl::Time from = *issued == absl::InfinitePast() ? now : *issued;
  if (*expires - from > limits_.longest_life) return TokenLifetimeTooLong(limits_.longest_life);
  ASSIGN_OR_RETURN(Principal principal, PrincipalIn(jwt->claims, signer.issuer->names_roles));
  principal.set_expire_seconds(absl::ToUnixSeconds(end - absl::Nanoseconds(1)));
  return BearerToken{.principal = std::move(principal),
                     .issuer = *issuer,
                     .id = *id,
                     .issued_at = *issued,
                     .key_id = signer.key->kid,
                     .client_key = *client_key};
}

absl::StatusOr<BearerVerifier::Signer> BearerVerifier::SignerOf(const Jwt& jwt, const std::string& issuer) const {
  bool issuer_is_known = false;
  bool another_signed = false;
  for (const TrustedIssuer& trusted : issuers_) {
    const NamedKey* const signer = trusted.keys->SignerOf(jwt);
    if (trusted.issuer == issuer && signer != nullptr) return Signer{&trusted, signer};
    issuer_is_known |= trusted.issuer == issuer;
    another_signed |= signer != nullptr;
  }
  // Who can sign as anybody whom we trust may be told that we do not know the issuer; nobody else.
  if (another_signed && !issuer_is_known) return WrongIssuer();
  return SignatureWrong();
}

}  // namespace jiebang::token
