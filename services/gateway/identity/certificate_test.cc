#include "services/gateway/identity/certificate.h"

#include <memory>
#include <string>

#include "absl/strings/str_replace.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "openssl/ui.h"
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

bool asked_for_passphrase = false;

TEST(Certificate, AsksNobodyForAPassphrase) {
  const std::unique_ptr<UI_METHOD, decltype(&UI_destroy_method)> somebody(UI_create_method("somebody"),
                                                                          &UI_destroy_method);
  const auto opener = [](UI*) {
    asked_for_passphrase = true;
    return 0;
  };
  UI_method_set_opener(somebody.get(), opener);
  UI_set_default_method(somebody.get());
  const std::string encrypted =
      absl::StrReplaceAll(kCertificatePem, {{"BEGIN CERTIFICATE-----\n",
                                             "BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n"
                                             "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n"}});
  EXPECT_THAT(Certificate::FromPem(encrypted), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_FALSE(asked_for_passphrase);
  UI_set_default_method(UI_OpenSSL());
}

}  // namespace
}  // namespace jiebang::gateway
