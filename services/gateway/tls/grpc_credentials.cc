#include "services/gateway/tls/grpc_credentials.h"

#include <string>
#include <utility>
#include <vector>

#include "grpc/grpc.h"
#include "grpc/grpc_security.h"

namespace jiebang::gateway {
namespace {

// What one listening port was last given. gRPC asks at each handshake of the port, one at a time.
class Port {
 public:
  explicit Port(const CurrentCertificate& certificate) : certificate_(certificate) {}

  static grpc_ssl_certificate_config_reload_status Fetch(void* port, grpc_ssl_server_certificate_config** config) {
    return static_cast<Port*>(port)->Fetch(config);
  }

 private:
  grpc_ssl_certificate_config_reload_status Fetch(grpc_ssl_server_certificate_config** config) {
    std::shared_ptr<const ServerCertificate> current = certificate_.Get();
    if (current == given_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const CertificatePems& pems = current->pems;
    const grpc_ssl_pem_key_cert_pair pair{.private_key = pems.key.c_str(), .cert_chain = pems.certificate.c_str()};
    // gRPC wants authorities here even if it is to ask no client for a certificate, and then verifies nothing by them.
    const std::string& authorities = pems.client_ca ? *pems.client_ca : pems.certificate;
    *config = grpc_ssl_server_certificate_config_create(authorities.c_str(), &pair, /*num_key_cert_pairs=*/1);
    given_ = std::move(current);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const CurrentCertificate& certificate_;
  std::shared_ptr<const ServerCertificate> given_;
};

// gRPC's C++ API has no credentials whose certificate comes from a function; its C API does.
class FetchedCredentials final : public grpc::ServerCredentials {
 public:
  explicit FetchedCredentials(const CurrentCertificate& certificate) : certificate_(certificate) {}

  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/) override {
    // Who calls is decided at the gateway's door, which both ports share.
  }

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    ports_.push_back(std::make_unique<Port>(certificate_));
    const grpc_ssl_client_certificate_request_type request = certificate_.Get()->pems.client_ca
                                                                 ? GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY
                                                                 : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
    grpc_server_credentials* const credentials = grpc_ssl_server_credentials_create_with_options(
        grpc_ssl_server_credentials_create_options_using_config_fetcher(request, &Port::Fetch, ports_.back().get()));
    const int port = grpc_server_add_http2_port(server, address.c_str(), credentials);
    grpc_server_credentials_release(credentials);
    return port;
  }

  const CurrentCertificate& certificate_;
  std::vector<std::unique_ptr<Port>> ports_;
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> GrpcCredentials(const CurrentCertificate& certificate) {
  return std::make_shared<FetchedCredentials>(certificate);
}

}  // namespace jiebang::gateway
