// Client certificates, in PEM or in DER.
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "openssl/ui.h"
#include "services/gateway/identity/certificate.h"
#include "tests/fuzz/must.h"

using namespace jiebang;  // NOLINT: a target's only file

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  UI_METHOD* const nobody = UI_create_method("nobody");
  UI_method_set_opener(nobody, [](UI*) -> int {
    fuzz::Must(false, "nobody is asked for a passphrase");
    return 0;
  });
  UI_set_default_method(nobody);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string pem(reinterpret_cast<const char*>(data), size);
  // Base64 hides the structure from who mutates it.
  if (!pem.starts_with("-----")) {
    pem = absl::StrCat("-----BEGIN CERTIFICATE-----\n", absl::Base64Escape(pem), "\n-----END CERTIFICATE-----\n");
  }
  const auto certificate = gateway::Certificate::FromPem(pem);
  if (!certificate.ok()) {
    fuzz::Must(absl::IsInvalidArgument(certificate.status()), "a certificate is good or INVALID_ARGUMENT");
    return 0;
  }
  fuzz::Must(certificate->fingerprint.size() == 64 && certificate->spki_sha256.size() == 64, "digests are whole");
  for (const std::string& name : certificate->alt_names) {
    fuzz::Must(name.starts_with("DNS:") || name.starts_with("URI:"), "a name has its kind");
  }
  fuzz::Must(!gateway::Certificate::FromPem(pem + pem).ok(), "of two certificates none counts");
  return 0;
}
