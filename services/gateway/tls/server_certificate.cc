#include "services/gateway/tls/server_certificate.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"
#include "common/token/key_file.h"
#include "services/gateway/tls/http_context.h"

namespace jiebang::gateway {
namespace {

absl::StatusOr<std::string> ReadPem(const std::filesystem::path& path) {
  absl::StatusOr<std::string> pem = token::ReadSmallFile(path);
  if (pem.ok()) return pem;
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "TLS_FILE_UNUSABLE",
      .en = absl::StrCat("A file for TLS cannot be read: ", pem.status().message()),
      .zh = absl::StrCat("无法读取 TLS 文件：", pem.status().message()),
  }
      .ToStatus();
}

}  // namespace

absl::StatusOr<CertificatePems> CertificatePems::Read(const CertificateFiles& files) {
  CertificatePems pems;
  ASSIGN_OR_RETURN(pems.certificate, ReadPem(files.certificate));
  ASSIGN_OR_RETURN(pems.key, ReadPem(files.key));
  if (!files.client_ca.empty()) {
    ASSIGN_OR_RETURN(pems.client_ca, ReadPem(files.client_ca));
  }
  return pems;
}

absl::StatusOr<ServerCertificate> ServerCertificate::Of(CertificatePems pems) {
  // gRPC makes the same of the same text by the same library: what is good here is good for both ports.
  ASSIGN_OR_RETURN(std::shared_ptr<boost::asio::ssl::context> context, NewHttpContext(pems));
  return ServerCertificate{.pems = std::move(pems), .http_context = std::move(context)};
}

}  // namespace jiebang::gateway
