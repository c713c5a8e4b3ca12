#include "services/gateway/tls/peer_certificate.h"

#include <vector>

#include "grpc/grpc_security_constants.h"

namespace jiebang::gateway {

std::string PeerCertificate(const grpc::AuthContext& connection) {
  const std::vector<grpc::string_ref> certificates = connection.FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  return certificates.empty() ? "" : std::string(certificates.front().data(), certificates.front().size());
}

}  // namespace jiebang::gateway
