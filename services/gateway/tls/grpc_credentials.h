// How TLS is spoken on the gRPC port.
#ifndef JIEBANG_SERVICES_GATEWAY_TLS_GRPC_CREDENTIALS_H_
#define JIEBANG_SERVICES_GATEWAY_TLS_GRPC_CREDENTIALS_H_

#include <memory>

#include "grpcpp/security/server_credentials.h"
#include "services/gateway/tls/current_certificate.h"

namespace jiebang::gateway {

// Shows each new connection the certificate of the moment; asks for one of the client, which it verifies when it is
// given, if the files name an authority. TLS 1.2 and 1.3 with gRPC's own ciphers, which are those of NewHttpContext.
// `certificate` outlives what is returned, and that outlives the server: gRPC keeps a bare pointer to it.
//
// Not gRPC's TlsServerCredentials on a FileWatcherCertificateProvider: that one (1.51) drops the certificate that it
// has before it tries the next, so that a key which does not fit would close the port to everybody.
std::shared_ptr<grpc::ServerCredentials> GrpcCredentials(const CurrentCertificate& certificate);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_TLS_GRPC_CREDENTIALS_H_
