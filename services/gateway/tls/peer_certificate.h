// The certificate that a client showed, once TLS has verified it.
#ifndef JIEBANG_SERVICES_GATEWAY_TLS_PEER_CERTIFICATE_H_
#define JIEBANG_SERVICES_GATEWAY_TLS_PEER_CERTIFICATE_H_

#include <string>

#include "grpcpp/security/auth_context.h"

struct ssl_st;  // SSL of OpenSSL, whose headers stay out of ours

namespace jiebang::gateway {

// In PEM, the client's own alone; empty: it showed none, or the connection is not TLS.
std::string PeerCertificate(const grpc::AuthContext& connection);

// The same of a connection of the HTTP port, after its handshake.
std::string PeerCertificate(const ssl_st& connection);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_TLS_PEER_CERTIFICATE_H_
