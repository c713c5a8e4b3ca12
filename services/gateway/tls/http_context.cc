#include "services/gateway/tls/http_context.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "boost/asio/buffer.hpp"
#include "common/errors/error.h"
#include "common/status/status_macros.h"
#include "common/token/openssl.h"
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace jiebang::gateway {
namespace {

namespace asio = boost::asio;

// Those of 1.2 that gRPC's default has (GRPC_SSL_CIPHER_SUITES); all three of 1.3 are good.
constexpr char kCiphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";
constexpr char kGroups[] = "X25519:P-256:P-384";
// As on the wire: each name after its length.
constexpr std::string_view kProtocols = "\x08http/1.1";

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

absl::Status Unusable(const char* what_en, const char* what_zh) {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  const std::string why = reason == nullptr ? "" : absl::StrCat(" (", reason, ")");
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "TLS_FILE_UNUSABLE",
      .en = absl::StrCat(what_en, why),
      .zh = absl::StrCat(what_zh, why),
  }
      .ToStatus();
}

Bio Reading(const std::string& pem) {
  Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  token::MustHold(bio != nullptr, "BIO_new_mem_buf");
  return bio;
}

int ChooseProtocol(SSL* /*connection*/, const unsigned char** chosen, unsigned char* chosen_length,
                   const unsigned char* offered, unsigned int offered_length, void* /*nothing*/) {
  unsigned char* choice = nullptr;
  const int outcome = SSL_select_next_proto(&choice, chosen_length, token::In(kProtocols),
                                            static_cast<unsigned int>(kProtocols.size()), offered, offered_length);
  *chosen = choice;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<asio::ssl::context> NewContext() {
  SSL_CTX* const native = SSL_CTX_new(TLS_server_method());
  token::MustHold(native != nullptr, "SSL_CTX_new");
  auto context = std::make_shared<asio::ssl::context>(native);
  token::MustHold(SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1, "SSL_CTX_set_min_proto_version");
  token::MustHold(SSL_CTX_set_cipher_list(native, kCiphers) == 1, "SSL_CTX_set_cipher_list");
  token::MustHold(SSL_CTX_set1_groups_list(native, kGroups) == 1, "SSL_CTX_set1_groups_list");
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET);
  // Platforms keep their connections, so resumption would save little; and what is resumed is not verified again.
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(native, 0);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // a connection that waits for its next request needs none
  SSL_CTX_set_alpn_select_cb(native, &ChooseProtocol, nullptr);
  return context;
}

absl::Status UsePair(asio::ssl::context& context, const CertificatePems& pems) {
  boost::system::error_code failed;
  context.use_certificate_chain(asio::buffer(pems.certificate), failed);
  if (failed) return Unusable("The TLS certificate is no PEM certificate.", "TLS 证书不是有效的 PEM 证书");
  char no_password[] = "";  // else OpenSSL asks at the terminal for that of an encrypted key
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(Reading(pems.key).get(), nullptr, nullptr, no_password), &EVP_PKEY_free);
  if (key == nullptr) {
    return Unusable("The TLS key is no private key in PEM, or it is encrypted.", "TLS 私钥不是有效的 PEM 私钥或已加密");
  }
  // Takes no key that does not fit the certificate.
  if (SSL_CTX_use_PrivateKey(context.native_handle(), key.get()) != 1) {
    return Unusable("The TLS key is not the key of the certificate.", "TLS 私钥与证书不匹配");
  }
  return absl::OkStatus();
}

absl::Status TrustClientsOf(SSL_CTX* context, const std::string& authorities) {
  const Bio bio = Reading(authorities);
  int known = 0;
  while (true) {
    const std::unique_ptr<X509, decltype(&X509_free)> authority(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr),
                                                                &X509_free);
    if (authority == nullptr) break;
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) != 1 ||
        SSL_CTX_add_client_CA(context, authority.get()) != 1) {
      return Unusable("An authority for client certificates cannot be used.", "客户端证书的颁发机构无法使用");
    }
    ++known;
  }
  // The end of the file is where no further certificate starts; anything else is a broken one.
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (known == 0 || !at_end) {
    return Unusable("The authorities for client certificates are no PEM certificates.",
                    "客户端证书的颁发机构文件不是有效的 PEM 证书");
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<asio::ssl::context>> NewHttpContext(const CertificatePems& pems) {
  const token::ErrorQueueMark mark;
  ERR_clear_error();
  std::shared_ptr<asio::ssl::context> context = NewContext();
  RETURN_IF_ERROR(UsePair(*context, pems));
  if (pems.client_ca) RETURN_IF_ERROR(TrustClientsOf(context->native_handle(), *pems.client_ca));
  return context;
}

}  // namespace jiebang::gateway
