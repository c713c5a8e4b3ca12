// The load of the HTTP lines: so many connections that stay, on each one request after another for a time; what was
// answered and how fast, as one line of JSON with the members of bench_load's.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "boost/asio/io_context.hpp"
#include "boost/asio/ip/tcp.hpp"
#include "boost/beast/core.hpp"
#include "boost/beast/http.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

struct Load {
  http::request<http::string_body> request;
  tcp::endpoint server;
  Clock::time_point begin;
  Clock::time_point end;
  std::vector<double> microseconds;  // of every answer within the time
  int begun = 0;
  int errors = 0;
  std::string first_error;
  std::size_t answer_bytes = 0;
};

class Caller final : public std::enable_shared_from_this<Caller> {
 public:
  Caller(asio::io_context& loop, Load& load) : stream_(loop), load_(load) {}

  void Start() {
    stream_.async_connect(load_.server, [self = shared_from_this()](beast::error_code error) {
      if (error) return self->Fail(error.message());
      self->stream_.socket().set_option(tcp::no_delay(true));
      self->Ask();
    });
  }

 private:
  void Ask() {
    asked_ = Clock::now();
    if (asked_ >= load_.end) return;
    ++load_.begun;
    http::async_write(stream_, load_.request, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return self->Fail(error.message());
      self->response_ = {};
      http::async_read(self->stream_, self->buffer_, self->response_,
                       [self](beast::error_code read_error, std::size_t) {
                         if (read_error) return self->Fail(read_error.message());
                         self->Take();
                       });
    });
  }

  void Take() {
    const Clock::time_point now = Clock::now();
    if (response_.result() != http::status::ok) return Fail(response_.body());
    load_.answer_bytes = response_.body().size();
    if (now >= load_.begin && now < load_.end) {
      load_.microseconds.push_back(std::chrono::duration<double, std::micro>(now - asked_).count());
    }
    Ask();
  }

  void Fail(const std::string& error) {
    if (load_.errors++ == 0) load_.first_error = error;
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::response<http::string_body> response_;
  Clock::time_point asked_;
  Load& load_;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("the load of the HTTP lines");
  unsigned short port = 0;
  std::string path;
  std::string body;
  std::string token;
  int connections = 64;
  double seconds = 2;
  double warm_up = 0.3;
  app.add_option("--port", port, "on 127.0.0.1")->required();
  app.add_option("--path", path)->required();
  app.add_option("--body", body, "JSON; none: GET");
  app.add_option("--token", token, "bearer token");
  app.add_option("--connections", connections)->capture_default_str();
  app.add_option("--seconds", seconds)->capture_default_str();
  app.add_option("--warm-up", warm_up)->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  Load load;
  load.server = tcp::endpoint(asio::ip::address_v4::loopback(), port);
  load.request = {body.empty() ? http::verb::get : http::verb::post, path, 11};
  load.request.set(http::field::host, "127.0.0.1");
  if (!token.empty()) load.request.set(http::field::authorization, "Bearer " + token);
  if (!body.empty()) load.request.set(http::field::content_type, "application/json");
  load.request.body() = body;
  load.request.prepare_payload();
  load.begin = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(warm_up));
  load.end = load.begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));

  asio::io_context loop(1);
  for (int i = 0; i < connections; ++i) std::make_shared<Caller>(loop, load)->Start();
  loop.run();
  std::sort(load.microseconds.begin(), load.microseconds.end());
  const auto at = [&load](double share) {
    return load.microseconds.empty()
               ? 0.0
               : load.microseconds[static_cast<std::size_t>(share * (load.microseconds.size() - 1))];
  };
  std::printf(
      "{\"calls\": %zu, \"per_second\": %.0f, \"p50_us\": %.0f, \"p99_us\": %.0f, \"errors\": %d, \"begun\": %d, "
      "\"answer_bytes\": %zu}\n",
      load.microseconds.size(), static_cast<double>(load.microseconds.size()) / seconds, at(0.5), at(0.99), load.errors,
      load.begun, load.answer_bytes);
  if (load.errors > 0) std::fprintf(stderr, "load: %d errors, the first: %s\n", load.errors, load.first_error.c_str());
  return load.errors == 0 ? 0 : 1;
}
