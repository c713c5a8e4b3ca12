// How TLS is spoken on the HTTP port.
#ifndef JIEBANG_SERVICES_GATEWAY_TLS_HTTP_CONTEXT_H_
#define JIEBANG_SERVICES_GATEWAY_TLS_HTTP_CONTEXT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "boost/asio/ssl/context.hpp"
#include "services/gateway/tls/server_certificate.h"

namespace jiebang::gateway {

// TLS 1.2 and 1.3, and of 1.2 only what is forward secret and authenticated (ECDHE with AES-GCM):
// the same as gRPC accepts. No renegotiation, no compression, no resumption; ALPN http/1.1, and a client that asks for
// other protocols only is refused (RFC 7301, 3.2). Who brings a certificate must have it from `client_ca`; nobody has
// to. FAILED_PRECONDITION TLS_FILE_UNUSABLE as ServerCertificate::Of.
absl::StatusOr<std::shared_ptr<boost::asio::ssl::context>> NewHttpContext(const CertificatePems& pems);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_TLS_HTTP_CONTEXT_H_
