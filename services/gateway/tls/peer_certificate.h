// The certificate that a client showed on the gRPC port, once TLS has verified it.
#ifndef JIEBANG_SERVICES_GATEWAY_TLS_PEER_CERTIFICATE_H_
#define JIEBANG_SERVICES_GATEWAY_TLS_PEER_CERTIFICATE_H_

#include <string>

#include "grpcpp/security/auth_context.h"

namespace jiebang::gateway {

// In PEM, the client's own alone; empty: it showed none, or the connection is not TLS.
std::string PeerCertificate(const grpc::AuthContext& connection);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_TLS_PEER_CERTIFICATE_H_
