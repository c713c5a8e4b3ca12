// What the gateway shows who connects by TLS, and by whom a client's certificate may be signed.
#ifndef JIEBANG_SERVICES_GATEWAY_TLS_SERVER_CERTIFICATE_H_
#define JIEBANG_SERVICES_GATEWAY_TLS_SERVER_CERTIFICATE_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "boost/asio/ssl/context.hpp"

namespace jiebang::gateway {

// PEM files of at most 64 KiB each.
struct CertificateFiles {
  std::filesystem::path certificate;  // the server's, then those between it and the root
  std::filesystem::path key;          // of the first certificate; not encrypted
  std::filesystem::path client_ca;    // who signs certificates of clients; empty: nobody is asked for one
};

// The content of the files.
struct CertificatePems {
  std::string certificate;
  std::string key;
  std::optional<std::string> client_ca;

  // FAILED_PRECONDITION TLS_FILE_UNUSABLE, naming the file that cannot be read.
  static absl::StatusOr<CertificatePems> Read(const CertificateFiles& files);

  bool operator==(const CertificatePems&) const = default;
};

// Immutable but for what OpenSSL locks by itself; thread-safe.
struct ServerCertificate {
  CertificatePems pems;
  // For connections of HTTP/1.1. Whoever handshakes with it keeps it: it outlives the change to another certificate.
  std::shared_ptr<boost::asio::ssl::context> http_context;

  // FAILED_PRECONDITION TLS_FILE_UNUSABLE: what was read is no certificate, no key, or not the key of the certificate.
  static absl::StatusOr<ServerCertificate> Of(CertificatePems pems);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_TLS_SERVER_CERTIFICATE_H_
