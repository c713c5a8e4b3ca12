#include "services/gateway/identity/proof.h"

#include "absl/strings/escaping.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/token/request_signature.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/identity/test_platform.h"

namespace jiebang::gateway {
namespace {

using testing::ElementsAre;

constexpr char kProofIssuer[] = "https://issuer.test";

auto IsUnbelieved(const char* reason) { return IsRefusal(absl::StatusCode::kUnauthenticated, reason); }

class ProofTest : public testing::Test {
 protected:
  Trust TrustWith(const std::string& more = "") const {
    return {.tokens = token::BearerVerifier({key_.verifying_key()}, kProofIssuer),
            .registry = std::make_shared<const Registry>(*ParseRegistry(JiangsuRegistry(key_, more)))};
  }

  std::string Bearer(const std::string& subject, const std::string& jti = "") const {
    identity::v1::Claims claims;
    claims.set_iss(kProofIssuer);
    claims.set_sub(subject);
    claims.set_aud(token::kAudience);
    claims.set_iat(absl::ToUnixSeconds(kTestNow));
    claims.set_exp(absl::ToUnixSeconds(kTestNow + absl::Hours(1)));
    claims.add_roles("ministry");
    return "Bearer " + *token::SignBearer(claims, key_, jti);
  }

  static SignedRequest Signed(SignedRequest request, const std::string& on_behalf_of = "") {
    if (request.content_digest.empty()) {
      request.content_digest = token::ContentDigestOf(token::HmacKind::kSha256, request.body);
    }
    request.signature = absl::Base64Escape(token::SignatureOf(token::HmacKind::kSha256, kRequestSecret,
                                                              {.verb = request.verb,
                                                               .target = request.target,
                                                               .content_digest = request.content_digest,
                                                               .timestamp = request.timestamp,
                                                               .nonce = request.nonce,
                                                               .key_id = request.key_id,
                                                               .on_behalf_of = on_behalf_of}));
    return request;
  }

  const token::SigningKey key_ = token::SigningKey::Generate();
  const Trust trust_ = TrustWith();
  const SignedRequest request_ = {.key_id = "jiangsu-2023",
                                  .timestamp = absl::StrCat(absl::ToUnixSeconds(kTestNow)),
                                  .nonce = "3f1c9a7be24d4c0f",
                                  .verb = "POST",
                                  .target = "/v1/units?page_size=5",
                                  .body = "{}"};
};

TEST_F(ProofTest, ATokenProvesWhatItSays) {
  ASSERT_OK_AND_ASSIGN(const Proof proof, ProveByToken(trust_, Bearer("somebody"), kTestNow));
  EXPECT_EQ(proof.principal.subject(), "somebody");
  EXPECT_EQ(proof.principal.credential(), identity::v1::CREDENTIAL_BEARER_TOKEN);
  EXPECT_EQ(proof.platform, nullptr);
  EXPECT_THAT(ProveByToken(trust_, "Basic eDp5", kTestNow), IsUnbelieved("TOKEN_MALFORMED"));
  EXPECT_THAT(ProveByToken(trust_, "bearer " + Bearer("s").substr(7), kTestNow), IsUnbelieved("TOKEN_MALFORMED"));
}

TEST_F(ProofTest, ATokenOfAPlatformsSubjectIsThePlatforms) {
  ASSERT_OK_AND_ASSIGN(const Proof proof, ProveByToken(trust_, Bearer("platform-jiangsu"), kTestNow));
  ASSERT_NE(proof.platform, nullptr);
  EXPECT_THAT(
      ProveByToken(TrustWith(R"(revocations { platforms: "platform-jiangsu" })"), Bearer("platform-jiangsu"), kTestNow),
      IsUnbelieved("CREDENTIAL_REVOKED"));
}

TEST_F(ProofTest, ARevokedTokenProvesNothing) {
  const Trust trust = TrustWith(R"(revocations { token_ids: "t-1" subjects { subject: "gone" } })");
  EXPECT_THAT(ProveByToken(trust, Bearer("s", "t-1"), kTestNow), IsUnbelieved("CREDENTIAL_REVOKED"));
  EXPECT_THAT(ProveByToken(trust, Bearer("s", "t-2"), kTestNow), IsOk());
  EXPECT_THAT(ProveByToken(trust, Bearer("gone"), kTestNow), IsUnbelieved("CREDENTIAL_REVOKED"));
  const Trust without_key = TrustWith(absl::StrCat("revocations { key_ids: \"", key_.kid(), "\" }"));
  EXPECT_THAT(ProveByToken(without_key, Bearer("s"), kTestNow), IsUnbelieved("CREDENTIAL_REVOKED"));
}

TEST_F(ProofTest, ACertificateProvesItsPlatform) {
  ASSERT_OK_AND_ASSIGN(const Proof proof, ProveByCertificate(trust_, kCertificatePem, kTestNow));
  EXPECT_EQ(proof.principal.subject(), "platform-jiangsu");
  EXPECT_EQ(proof.principal.unit(), "320000");
  EXPECT_THAT(proof.principal.roles(), ElementsAre(options::v1::ROLE_UNIT));
  EXPECT_EQ(proof.principal.credential(), identity::v1::CREDENTIAL_CLIENT_CERTIFICATE);

  const absl::Time begin = absl::FromCivil(absl::CivilSecond(2026, 11, 22, 1, 21, 54), absl::UTCTimeZone());
  EXPECT_THAT(ProveByCertificate(trust_, kCertificatePem, begin - absl::Seconds(1)),
              IsUnbelieved("CERTIFICATE_EXPIRED"));
  EXPECT_THAT(ProveByCertificate(trust_, kCertificatePem, begin + absl::Hours(24 * 3651)),
              IsUnbelieved("CERTIFICATE_EXPIRED"));
  EXPECT_THAT(ProveByCertificate(trust_, "x", kTestNow), IsUnbelieved("CERTIFICATE_UNREADABLE"));
  const Trust nobody{.tokens = trust_.tokens};
  EXPECT_THAT(ProveByCertificate(nobody, kCertificatePem, kTestNow), IsUnbelieved("CERTIFICATE_UNKNOWN"));
  const Trust revoked =
      TrustWith(absl::StrCat("revocations { certificate_fingerprints: \"", kCertificateFingerprint, "\" }"));
  EXPECT_THAT(ProveByCertificate(revoked, kCertificatePem, kTestNow), IsUnbelieved("CREDENTIAL_REVOKED"));
}

TEST_F(ProofTest, ASignatureProvesThePlatformOfItsKey) {
  ASSERT_OK_AND_ASSIGN(const Proof proof, ProveBySignature(trust_, Signed(request_), "", kTestNow));
  EXPECT_EQ(proof.principal.subject(), "platform-jiangsu");
  EXPECT_EQ(proof.principal.credential(), identity::v1::CREDENTIAL_SIGNED_REQUEST);
  EXPECT_THAT(ProveBySignature(TrustWith(R"(revocations { key_ids: "jiangsu-2023" })"), Signed(request_), "", kTestNow),
              IsUnbelieved("CREDENTIAL_REVOKED"));
}

TEST_F(ProofTest, ASignatureCoversTheWholeRequest) {
  const SignedRequest good = Signed(request_);
  for (const auto part :
       {&SignedRequest::verb, &SignedRequest::target, &SignedRequest::content_digest, &SignedRequest::nonce}) {
    SignedRequest changed = good;
    changed.*part += "x";
    EXPECT_THAT(ProveBySignature(trust_, changed, "", kTestNow), IsUnbelieved("SIGNATURE_WRONG"));
  }
  SignedRequest later = good;
  later.timestamp = absl::StrCat(absl::ToUnixSeconds(kTestNow) + 1);
  EXPECT_THAT(ProveBySignature(trust_, later, "", kTestNow), IsUnbelieved("SIGNATURE_WRONG"));
  EXPECT_THAT(ProveBySignature(trust_, good, absl::StrCat("applicants/", kJiangsuUscc), kTestNow),
              IsUnbelieved("SIGNATURE_WRONG"));
  SignedRequest other_body = good;
  other_body.body = "{ }";
  EXPECT_THAT(ProveBySignature(trust_, other_body, "", kTestNow), IsUnbelieved("CONTENT_DIGEST_WRONG"));
  SignedRequest undigested = request_;
  undigested.content_digest = "md5=:AAAA:";
  EXPECT_THAT(ProveBySignature(trust_, Signed(undigested), "", kTestNow), IsUnbelieved("CONTENT_DIGEST_WRONG"));
  SignedRequest unknown = request_;
  unknown.key_id = "other";
  EXPECT_THAT(ProveBySignature(trust_, Signed(unknown), "", kTestNow), IsUnbelieved("SIGNATURE_WRONG"));
}

TEST_F(ProofTest, ASignatureIsForItsTime) {
  const SignedRequest good = Signed(request_);
  EXPECT_THAT(ProveBySignature(trust_, good, "", kTestNow + kSignatureWindow), IsOk());
  EXPECT_THAT(ProveBySignature(trust_, good, "", kTestNow - kSignatureWindow), IsOk());
  EXPECT_THAT(ProveBySignature(trust_, good, "", kTestNow + kSignatureWindow + absl::Seconds(1)),
              IsUnbelieved("SIGNATURE_OUT_OF_TIME"));
  EXPECT_THAT(ProveBySignature(trust_, good, "", kTestNow - kSignatureWindow - absl::Seconds(1)),
              IsUnbelieved("SIGNATURE_OUT_OF_TIME"));
}

TEST_F(ProofTest, ASignedRequestIsWellFormed) {
  const auto changed = [&](std::string SignedRequest::*part, const std::string& value) {
    SignedRequest request = request_;
    request.*part = value;
    return ProveBySignature(trust_, Signed(request), "", kTestNow);
  };
  for (const char* timestamp :
       {"", "now", "-1", "1800000000.5", " 1800000000", "+1800000000", "18000000000000000000000"}) {
    EXPECT_THAT(changed(&SignedRequest::timestamp, timestamp), IsUnbelieved("SIGNATURE_MALFORMED")) << timestamp;
  }
  for (const std::string& nonce : {std::string(), std::string("short"), std::string(65, 'a'),
                                   std::string(15, 'a') + "\n", std::string(15, 'a') + " "}) {
    EXPECT_THAT(changed(&SignedRequest::nonce, nonce), IsUnbelieved("SIGNATURE_MALFORMED")) << nonce;
  }
  EXPECT_THAT(changed(&SignedRequest::target, "/v1/units\n"), IsUnbelieved("SIGNATURE_MALFORMED"));
  SignedRequest request = Signed(request_);
  request.signature = "not base64";
  EXPECT_THAT(ProveBySignature(trust_, request, "", kTestNow), IsUnbelieved("SIGNATURE_MALFORMED"));
  for (const std::string& signature :
       {std::string(), absl::Base64Escape("short"), absl::Base64Escape(std::string(32, '\0'))}) {
    request.signature = signature;
    EXPECT_THAT(ProveBySignature(trust_, request, "", kTestNow), IsUnbelieved("SIGNATURE_WRONG"));
  }
}

TEST_F(ProofTest, APlatformActsForTheEnterprisesOfItsRegion) {
  const std::shared_ptr<const Platform> platform = trust_.registry->Find("platform-jiangsu");
  identity::v1::Principal principal = platform->principal;
  ASSERT_THAT(ActFor(absl::StrCat("applicants/", kJiangsuUscc), platform.get(), principal), IsOk());
  EXPECT_THAT(principal.roles(), ElementsAre(options::v1::ROLE_APPLICANT)) << "and nothing else that it is";
  EXPECT_EQ(principal.uscc(), kJiangsuUscc);
  EXPECT_EQ(principal.unit(), "");
  EXPECT_EQ(principal.subject(), "platform-jiangsu");
  EXPECT_EQ(principal.acting_platform(), "platform-jiangsu");
}

TEST_F(ProofTest, NobodyElseActsForAnybody) {
  const std::shared_ptr<const Platform> platform = trust_.registry->Find("platform-jiangsu");
  identity::v1::Principal principal = platform->principal;
  EXPECT_THAT(ActFor(absl::StrCat("applicants/", kSichuanUscc), platform.get(), principal),
              IsRefusal(absl::StatusCode::kPermissionDenied, "NOT_IN_REGION"));
  EXPECT_THAT(ActFor(absl::StrCat("applicants/", kJiangsuUscc), nullptr, principal),
              IsRefusal(absl::StatusCode::kPermissionDenied, "ON_BEHALF_OF_NOT_ALLOWED"));
  for (const std::string& text :
       {std::string("applicants/"), std::string(kJiangsuUscc), std::string("applicants/-"),
        absl::StrCat("units/", kJiangsuUscc), absl::StrCat("applicants/", kJiangsuUscc, "/x"),
        absl::StrCat("applicants/", kJiangsuUscc, " "), std::string("applicants/91320594ma1mya2q2j")}) {
    EXPECT_THAT(ActFor(text, platform.get(), principal), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
  EXPECT_EQ(principal.acting_platform(), "");
}

}  // namespace
}  // namespace jiebang::gateway
