// The yardstick of the HTTP port: Boost.Beast alone behind nginx, one thread, HTTP/1.1 with connections that stay. It
// reads a request, looks at nothing of it, and answers with so many bytes of JSON.
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "boost/asio/io_context.hpp"
#include "boost/asio/ip/tcp.hpp"
#include "boost/asio/signal_set.hpp"
#include "boost/beast/core.hpp"
#include "boost/beast/http.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, const std::string& answer) : stream_(std::move(socket)), answer_(answer) {}

  void Read() {
    request_ = {};
    http::async_read(stream_, buffer_, request_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->Answer();
    });
  }

 private:
  void Answer() {
    response_ = {http::status::ok, request_.version()};
    response_.set(http::field::content_type, "application/json");
    response_.keep_alive(request_.keep_alive());
    response_.body() = answer_;
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error && self->response_.keep_alive()) self->Read();
    });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
  const std::string& answer_;
};

void Accept(tcp::acceptor& acceptor, const std::string& answer) {
  acceptor.async_accept([&acceptor, &answer](beast::error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error) {
      socket.set_option(tcp::no_delay(true));
      std::make_shared<Connection>(std::move(socket), answer)->Read();
    }
    Accept(acceptor, answer);
  });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("the yardstick of the HTTP port");
  unsigned short port = 0;
  int bytes = 300;
  app.add_option("--port", port, "on 127.0.0.1")->required();
  app.add_option("--bytes", bytes, "of the answer")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const std::string answer = "{\"x\":\"" + std::string(bytes > 8 ? bytes - 8 : 0, 'x') + "\"}";
  asio::io_context loop(1);
  tcp::acceptor acceptor(loop, tcp::endpoint(asio::ip::address_v4::loopback(), port));
  asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&loop](beast::error_code, int) { loop.stop(); });
  Accept(acceptor, answer);
  std::printf("listening on 127.0.0.1:%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  loop.run();
  return 0;
}
