// A client certificate as far as it says who calls. Its chain was verified in TLS, here or at a trusted proxy.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_CERTIFICATE_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_CERTIFICATE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jiebang::gateway {

struct Certificate {
  std::string fingerprint;             // SHA-256 of the DER, 64 lower-case hexadecimal digits
  std::string spki_sha256;             // of the SubjectPublicKeyInfo in DER, the same
  std::string issuer;                  // distinguished name (RFC 2253), UTF-8 as it is
  std::vector<std::string> alt_names;  // "DNS:...", "URI:..."; others are left out
  absl::Time begins;
  absl::Time ends;  // its last moment

  // INVALID_ARGUMENT unless the PEM holds exactly one, in at most 32 KiB: of two, one may be what a caller added to
  // what a proxy said.
  static absl::StatusOr<Certificate> FromPem(std::string_view pem);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_CERTIFICATE_H_
