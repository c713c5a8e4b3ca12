#include "services/gateway/tls/peer_certificate.h"

#include <memory>
#include <vector>

#include "common/token/openssl.h"
#include "grpc/grpc_security_constants.h"
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace jiebang::gateway {

std::string PeerCertificate(const grpc::AuthContext& connection) {
  const std::vector<grpc::string_ref> certificates = connection.FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  return certificates.empty() ? "" : std::string(certificates.front().data(), certificates.front().size());
}

std::string PeerCertificate(const ssl_st& connection) {
  X509* const certificate = SSL_get0_peer_certificate(&connection);
  if (certificate == nullptr) return "";
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
  token::MustHold(bio != nullptr && PEM_write_bio_X509(bio.get(), certificate) == 1, "PEM_write_bio_X509");
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);  // NOLINT: OpenSSL's own type
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace jiebang::gateway
