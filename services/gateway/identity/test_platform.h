// A platform for the tests, with all that one can prove itself with.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_TEST_PLATFORM_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_TEST_PLATFORM_H_

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/token/keys.h"
#include "gtest/gtest.h"
#include "services/gateway/identity/registry.h"

namespace jiebang::gateway {

// Of Jiangsu and of nobody else.
inline constexpr char kJiangsuUscc[] = "91320594MA1MYA2Q2J";
// Of Sichuan.
inline constexpr char kSichuanUscc[] = "91512081MA62K0260E";
inline constexpr char kRequestSecret[] = "jiebang-test-secret-0123456789abcdef";

// Self-signed by openssl: issuer CN=jiangsu-ca,O=江苏; DNS:platform.js.example, URI:urn:example:js; valid from
// 2026-11-22 to 2036-11-19.
inline constexpr char kCertificatePem[] = R"(-----BEGIN CERTIFICATE-----
MIIBnzCCAUWgAwIBAgIUeU4YoAQPS29FROIN30T5B4BDRt0wCgYIKoZIzj0EAwIw
JjEPMA0GA1UECgwG5rGf6IuPMRMwEQYDVQQDDApqaWFuZ3N1LWNhMB4XDTI2MTEy
MjAxMjE1NFoXDTM2MTExOTAxMjE1NFowJjEPMA0GA1UECgwG5rGf6IuPMRMwEQYD
VQQDDApqaWFuZ3N1LWNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEnpAICx8
X/KsPcL3DWeAyiMtqtCAXIq5aQk8d0tk1ViP9vOUrm82kfBgAFIgCfWyD3DNBTAN
gu6CvJ3pNV4oiKNRME8wLgYDVR0RBCcwJYITcGxhdGZvcm0uanMuZXhhbXBsZYYO
dXJuOmV4YW1wbGU6anMwHQYDVR0OBBYEFFikWsOPYEqFw/lXh7LRq5zNeM0FMAoG
CCqGSM49BAMCA0gAMEUCIQCqWEmiEt7QRAp97kiW3bdOcbPhuoqX2Ggf9KJtZsx3
aQIgQBQZul31VkSJiC72yHaRVOnaN6mM4q5juAWhnBSckLM=
-----END CERTIFICATE-----
)";
inline constexpr char kCertificateSpki[] = "e0120547c15e369a620324457f2b4d2795647ceba201d25dc042c9309bec2273";
inline constexpr char kCertificateFingerprint[] = "4f1e1c9bbb57f128f4df998ed414401889149fbf9dbbafd59c82327bb04a4896";

// When the certificate, and what the tests sign, is valid.
inline const absl::Time kTestNow = absl::FromUnixSeconds(1'800'000'000);

inline std::string PemOf(const token::SigningKey& key) {
  const std::string path = absl::StrCat(testing::TempDir(), "/", key.kid(), ".pem");
  key.verifying_key().WritePemFile(path).IgnoreError();
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// platform-jiangsu, a unit, for enterprises of Jiangsu; with `key` for assertions ("jiangsu-key"), an HMAC-SHA256 key
// ("jiangsu-2023"), and the certificate. `more`: further fields of the file.
inline std::string JiangsuRegistry(const token::SigningKey& key, const std::string& more = "") {
  return absl::StrCat(R"pb(platforms { id: "platform-jiangsu" display_name_zh: "江苏省平台" unit: "320000" roles: "unit"
                                       region_prefixes: "32"
                                       hmac_keys { id: "jiangsu-2023" secret_file: "secret" }
                                       certificates { spki_sha256: ")pb",
                      kCertificateSpki, R"(" } keys { kid: "jiangsu-key" pem: ")", absl::CEscape(PemOf(key)),
                      "\" } }\n", more);
}

inline absl::StatusOr<Registry> ParseRegistry(const std::string& text) {
  return Registry::Parse(text, [](const std::string& file) -> absl::StatusOr<std::string> {
    if (file == "secret") return std::string(kRequestSecret) + "\n";
    return absl::NotFoundError(file);
  });
}

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_TEST_PLATFORM_H_
