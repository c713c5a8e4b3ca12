#include "common/http_client/http_client.h"

#include <deque>
#include <exception>
#include <thread>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "boost/asio/as_tuple.hpp"
#include "boost/asio/awaitable.hpp"
#include "boost/asio/co_spawn.hpp"
#include "boost/asio/executor_work_guard.hpp"
#include "boost/asio/io_context.hpp"
#include "boost/asio/ip/tcp.hpp"
#include "boost/asio/post.hpp"
#include "boost/asio/ssl/context.hpp"
#include "boost/asio/ssl/host_name_verification.hpp"
#include "boost/asio/use_awaitable.hpp"
#include "boost/beast/core/error.hpp"
#include "boost/beast/core/flat_buffer.hpp"
#include "boost/beast/core/tcp_stream.hpp"
#include "boost/beast/http/empty_body.hpp"
#include "boost/beast/http/message.hpp"
#include "boost/beast/http/parser.hpp"
#include "boost/beast/http/read.hpp"
#include "boost/beast/http/string_body.hpp"
#include "boost/beast/http/write.hpp"
#include "boost/beast/ssl/ssl_stream.hpp"

namespace jiebang::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using TcpStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<TcpStream>;
using Request = beast::http::request<beast::http::string_body>;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::uint32_t kMostHeaderBytes = 16 << 10;
constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

Outcome Failed(Trouble trouble, const boost::system::error_code& error) {
  return {.result = error == beast::error::timeout ? Trouble::kTimedOut : trouble, .detail = error.message()};
}

Request ToRequest(const Post& post) {
  Request request(beast::http::verb::post, post.url.target, 11);
  request.set(beast::http::field::host, post.url.Authority());
  request.set(beast::http::field::user_agent, "jiebang");
  request.set(beast::http::field::connection, "close");
  for (const auto& [name, value] : post.headers) request.set(name, value);
  request.body() = post.body;
  request.prepare_payload();
  return request;
}

// Sends the request and reads the answer's header.
template <class Stream>
asio::awaitable<Outcome> Converse(Stream& stream, const Request& request) {
  const auto [unsent, sent] = co_await beast::http::async_write(stream, request, kNoThrow);
  if (unsent) co_return Failed(Trouble::kConnectFailed, unsent);
  beast::flat_buffer buffer;
  beast::http::response_parser<beast::http::empty_body> parser;
  parser.header_limit(kMostHeaderBytes);
  const auto [unread, read] = co_await beast::http::async_read_header(stream, buffer, parser, kNoThrow);
  if (unread) co_return Failed(Trouble::kAnswerMalformed, unread);
  Answer answer{.status = static_cast<int>(parser.get().result_int())};
  answer.retry_after = std::string(parser.get()[beast::http::field::retry_after]);
  co_return Outcome{.result = std::move(answer), .detail = ""};
}

class BeastClient final : public Client {
 public:
  BeastClient(ClientOptions options, asio::ssl::context tls)
      : options_(std::move(options)), tls_(std::move(tls)), thread_([this] { context_.run(); }) {}

  ~BeastClient() override {
    context_.stop();
    thread_.join();
  }

  Task<Outcome> Send(Post post) override {
    co_return co_await Suspend<Outcome>([this, &post](Resume<Outcome> resume) {
      auto waiting = std::make_shared<Waiting>(Waiting{std::move(post), std::move(resume)});
      asio::post(context_, [this, waiting] {
        waiting_.push_back(waiting);
        BeginDue();
      });
    });
  }

 private:
  struct Waiting {
    Post post;
    Resume<Outcome> resume;
  };

  // On the thread, as everything below.
  void BeginDue() {
    while (!waiting_.empty() && under_way_ < options_.most_at_once) {
      const std::shared_ptr<Waiting> next = std::move(waiting_.front());
      waiting_.pop_front();
      ++under_way_;
      asio::co_spawn(context_, Talk(next->post), [this, next](std::exception_ptr thrown, Outcome outcome) {
        --under_way_;
        if (thrown) outcome = {.result = Trouble::kConnectFailed, .detail = "the client failed"};
        next->resume(std::move(outcome));
        BeginDue();
      });
    }
  }

  asio::awaitable<Outcome> Talk(const Post& post) {
    const SteadyTime deadline = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.time_limit);
    tcp::resolver resolver(context_);
    const auto [unknown, found] = co_await resolver.async_resolve(post.url.host, absl::StrCat(post.url.port), kNoThrow);
    if (unknown) co_return Failed(Trouble::kNameUnknown, unknown);
    std::vector<tcp::endpoint> allowed;
    for (const auto& entry : found) {
      if (MayReach(entry.endpoint().address(), post.url)) allowed.push_back(entry.endpoint());
    }
    if (allowed.empty()) co_return Outcome{.result = Trouble::kAddressRefused, .detail = ""};

    const Request request = ToRequest(post);
    TlsStream stream(context_, tls_);
    TcpStream& socket = stream.next_layer();
    socket.expires_at(deadline);
    const auto [unreached, endpoint] = co_await socket.async_connect(allowed, kNoThrow);
    if (unreached) co_return Failed(Trouble::kConnectFailed, unreached);
    socket.expires_at(deadline);
    if (!post.url.is_https) co_return co_await Converse(socket, request);

    boost::system::error_code ignored;
    asio::ip::make_address(post.url.host, ignored);
    // The name that is meant, for hosts that serve several; an address is not sent (RFC 6066, 3).
    if (ignored) SSL_set_tlsext_host_name(stream.native_handle(), post.url.host.c_str());
    stream.set_verify_callback(asio::ssl::host_name_verification(post.url.host));
    const auto [unverified] = co_await stream.async_handshake(asio::ssl::stream_base::client, kNoThrow);
    if (unverified) co_return Failed(Trouble::kTlsFailed, unverified);
    co_return co_await Converse(stream, request);
  }

  bool MayReach(const asio::ip::address& address, const Url& url) const {
    if (options_.guard.IsNamed(address)) return true;
    return url.is_https && (url.port == 443 || url.port == 8443) && options_.guard.Allows(address);
  }

  const ClientOptions options_;
  asio::ssl::context tls_;
  asio::io_context context_{1};
  const asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
  std::deque<std::shared_ptr<Waiting>> waiting_;
  int under_way_ = 0;
  std::thread thread_;  // the last: it uses all of them
};

absl::Status LoadAuthorities(const std::string& ca_file, asio::ssl::context& tls) {
  boost::system::error_code failed;
  if (ca_file.empty()) {
    tls.set_default_verify_paths(failed);
  } else {
    tls.load_verify_file(ca_file, failed);
  }
  if (!failed) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(ca_file, ": no certificates of authorities: ", failed.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Client>> Client::Start(ClientOptions options) {
  asio::ssl::context tls(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  if (const absl::Status loaded = LoadAuthorities(options.ca_file, tls); !loaded.ok()) return loaded;
  tls.set_verify_mode(asio::ssl::verify_peer);
  return std::make_unique<BeastClient>(std::move(options), std::move(tls));
}

}  // namespace jiebang::http
