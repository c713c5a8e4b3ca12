#include "services/gateway/identity/certificate.h"

#include "absl/strings/str_replace.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/identity/test_platform.h"

namespace jiebang::gateway {
namespace {

TEST(Certificate, SaysWhatOpensslPrintsOfIt) {
  ASSERT_OK_AND_ASSIGN(const Certificate certificate, Certificate::FromPem(kCertificatePem));
  EXPECT_EQ(certificate.fingerprint, kCertificateFingerprint);
  EXPECT_EQ(certificate.spki_sha256, kCertificateSpki);
  EXPECT_EQ(certificate.issuer, "CN=jiangsu-ca,O=江苏");
  EXPECT_THAT(certificate.alt_names, testing::ElementsAre("DNS:platform.js.example", "URI:urn:example:js"));
  EXPECT_EQ(absl::FormatTime(absl::RFC3339_sec, certificate.begins, absl::UTCTimeZone()), "2026-11-22T01:21:54+00:00");
  EXPECT_EQ(absl::FormatTime(absl::RFC3339_sec, certificate.ends, absl::UTCTimeZone()), "2036-11-19T01:21:54+00:00");
}

TEST(Certificate, IsPem) {
  const std::string pem = kCertificatePem;
  for (const std::string& other :
       {std::string(), std::string("x"), pem.substr(0, 300), absl::StrReplaceAll(pem, {{"MIIB", "MIIC"}}),
        absl::StrReplaceAll(pem, {{"CERTIFICATE", "PUBLIC KEY"}}), std::string(40'000, '\n') + pem, pem + pem,
        pem + "," + pem}) {
    EXPECT_THAT(Certificate::FromPem(other), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

}  // namespace
}  // namespace jiebang::gateway
