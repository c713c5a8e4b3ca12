#include "services/gateway/http/server/connection.h"

#include <memory>

#include "openssl/bio.h"
#include "openssl/pem.h"
#include "openssl/ssl.h"

namespace jiebang::http {
namespace {

// The certificate that the client showed and that was verified, as PEM; empty: none.
std::string CertificateOf(SSL* ssl) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl), &X509_free);
  if (certificate == nullptr || SSL_get_verify_result(ssl) != X509_V_OK) return "";
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
  if (memory == nullptr || PEM_write_bio_X509(memory.get(), certificate.get()) != 1) return "";
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace

template <>
Awaitable<bool> Connection<PlainStream>::Open() {
  co_return true;
}

template <>
Awaitable<bool> Connection<TlsStream>::Open() {
  const auto [error] = co_await stream_.async_handshake(boost::asio::ssl::stream_base::server, kAsTuple);
  if (!error) certificate_ = CertificateOf(stream_.native_handle());
  co_return !error;
}

template <>
Awaitable<void> Connection<PlainStream>::SayGoodbye() {
  ErrorCode ignored;
  stream_.shutdown(boost::asio::socket_base::shutdown_send, ignored);
  co_return;
}

template <>
Awaitable<void> Connection<TlsStream>::SayGoodbye() {
  // Sends close_notify; the client's own is not waited for.
  SSL_set_quiet_shutdown(stream_.native_handle(), 0);
  co_await stream_.async_shutdown(kAsTuple);
}

std::shared_ptr<AnyConnection> NewConnection(PlainStream stream, std::string address, Common& common,
                                             Executor& executor) {
  return std::make_shared<Connection<PlainStream>>(std::move(stream), nullptr, std::move(address), common, executor);
}

std::shared_ptr<AnyConnection> NewConnection(PlainStream stream, std::shared_ptr<boost::asio::ssl::context> tls,
                                             std::string address, Common& common, Executor& executor) {
  return std::make_shared<Connection<TlsStream>>(TlsStream(std::move(stream), *tls), tls, std::move(address), common,
                                                 executor);
}

}  // namespace jiebang::http
