#include "services/gateway/http/server/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <set>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "boost/asio/basic_socket_acceptor.hpp"
#include "boost/asio/detached.hpp"
#include "boost/asio/executor_work_guard.hpp"
#include "boost/asio/ip/tcp.hpp"
#include "boost/asio/local/stream_protocol.hpp"
#include "boost/asio/ssl/context.hpp"
#include "boost/asio/steady_timer.hpp"
#include "common/status/status_macros.h"
#include "services/gateway/http/server/connection.h"

namespace jiebang::http {
namespace {

namespace asio = boost::asio;

using Acceptor = asio::basic_socket_acceptor<asio::generic::stream_protocol, IoExecutor>;
using Endpoint = asio::generic::stream_protocol::endpoint;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, IoExecutor>;

constexpr int kBacklog = 1024;
constexpr std::chrono::milliseconds kAfterFailedAccept(100);
constexpr absl::Duration kLookAgain = absl::Milliseconds(5);
// A peer that vanished is noticed after about a minute, also by a stream that has nothing to say.
constexpr int kKeepAliveIdleSeconds = 30;
constexpr int kKeepAliveIntervalSeconds = 10;
constexpr int kKeepAliveProbes = 3;
constexpr int kUnacknowledgedMilliseconds = 30'000;

absl::StatusOr<Endpoint> EndpointOf(const std::string& address, IoExecutor executor) {
  if (absl::StartsWith(address, "unix:")) {
    const std::string path = address.substr(5);
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
      return absl::InvalidArgumentError(absl::StrCat(address, ": want unix:path, of at most 107 bytes"));
    }
    // One that a killed process left behind.
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode)) ::unlink(path.c_str());
    return Endpoint(asio::local::stream_protocol::endpoint(path));
  }
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return absl::InvalidArgumentError(absl::StrCat(address, ": want host:port"));
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  asio::ip::basic_resolver<asio::ip::tcp, IoExecutor> resolver(executor);
  ErrorCode error;
  const auto found = resolver.resolve(host, address.substr(colon + 1), asio::ip::tcp::resolver::passive, error);
  if (error || found.empty()) return absl::InvalidArgumentError(absl::StrCat(address, ": ", error.message()));
  return Endpoint(found.begin()->endpoint());
}

bool IsTcp(const Endpoint& endpoint) { return endpoint.data()->sa_family != AF_UNIX; }

// Without the port.
std::string AddressOf(const Endpoint& endpoint) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const sockaddr* const address = endpoint.data();
  if (address->sa_family == AF_INET) {
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text.data(), text.size());
  } else if (address->sa_family == AF_INET6) {
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text.data(), text.size());
  } else {
    return "unix";
  }
  return text.data();
}

int PortOf(const Endpoint& endpoint) {
  const sockaddr* const address = endpoint.data();
  if (address->sa_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in*>(address)->sin_port);
  if (address->sa_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6*>(address)->sin6_port);
  return 0;
}

// Answers go out at once, and peers that are gone are found out.
void Tune(PlainStream& socket) {
  const auto set = [&socket](int level, int name, int value) {
    ::setsockopt(socket.native_handle(), level, name, &value, sizeof(value));
  };
  set(IPPROTO_TCP, TCP_NODELAY, 1);
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, kKeepAliveIdleSeconds);
  set(IPPROTO_TCP, TCP_KEEPINTVL, kKeepAliveIntervalSeconds);
  set(IPPROTO_TCP, TCP_KEEPCNT, kKeepAliveProbes);
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledgedMilliseconds);
}

// One thread and the connections that it runs.
class Shard {
 public:
  Shard(Common& common, Executor& executor) : common_(common), executor_(executor) {}

  IoExecutor executor() { return io_.get_executor(); }

  void Run() {
    asio::co_spawn(io_, Tick(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }

  // Any thread.
  void Add(PlainStream socket, std::shared_ptr<asio::ssl::context> tls, std::string address) {
    asio::post(io_, [this, socket = std::move(socket), tls = std::move(tls), address = std::move(address)]() mutable {
      auto connection = tls == nullptr
                            ? NewConnection(std::move(socket), std::move(address), common_, executor_)
                            : NewConnection(std::move(socket), std::move(tls), std::move(address), common_, executor_);
      asio::co_spawn(io_, Own(std::move(connection)), asio::detached);
    });
  }

  void Drain() {
    asio::post(io_, [this] {
      for (AnyConnection* const connection : connections_) connection->Drain();
    });
  }

  void CutAll() {
    asio::post(io_, [this] {
      for (AnyConnection* const connection : connections_) connection->Cut();
    });
  }

  void Join() {
    io_.stop();
    thread_.join();
  }

 private:
  Awaitable<void> Own(std::shared_ptr<AnyConnection> connection) {
    connections_.insert(connection.get());
    co_await connection->Run();
    connections_.erase(connection.get());
    --common_.connections;
  }

  // One timer for all deadlines: none of them costs a call anything but an assignment.
  Awaitable<void> Tick() {
    Timer timer(io_.get_executor());
    while (true) {
      timer.expires_after(absl::ToChronoMilliseconds(common_.limits.tick));
      const auto [error] = co_await timer.async_wait(kAsTuple);
      if (error) co_return;
      const AnyConnection::Clock::time_point now = AnyConnection::Clock::now();
      for (AnyConnection* const connection : connections_) connection->CheckDeadlines(now);
    }
  }

  Common& common_;
  Executor& executor_;
  asio::io_context io_{1};
  std::set<AnyConnection*> connections_;
  std::thread thread_;
};

class AsioServer final : public Server {
 public:
  explicit AsioServer(ServerOptions options)
      : options_(std::move(options)),
        common_{.limits = options_.limits, .handler = *options_.handler},
        turned_away_(TurnedAway()) {
    for (int i = 0; i < options_.threads; ++i) {
      shards_.push_back(std::make_unique<Shard>(
          common_, *options_.executors[static_cast<std::size_t>(i) % options_.executors.size()]));
    }
  }

  absl::Status Listen() {
    for (const std::string& address : options_.addresses) {
      ASSIGN_OR_RETURN(const Endpoint endpoint, EndpointOf(address, shards_.front()->executor()));
      Acceptor acceptor(shards_.front()->executor());
      ErrorCode error;
      acceptor.open(endpoint.protocol(), error);
      if (!error && IsTcp(endpoint)) acceptor.set_option(asio::socket_base::reuse_address(true), error);
      if (!error) acceptor.bind(endpoint, error);
      if (!error) acceptor.listen(kBacklog, error);
      if (error) return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ": ", error.message()));
      if (acceptors_.empty()) port_ = PortOf(acceptor.local_endpoint(error));
      acceptors_.push_back(std::move(acceptor));
    }
    for (Acceptor& acceptor : acceptors_) asio::co_spawn(shards_.front()->executor(), Accept(acceptor), asio::detached);
    for (const std::unique_ptr<Shard>& shard : shards_) shard->Run();
    return absl::OkStatus();
  }

  int port() const override { return port_; }

  void Drain() override {
    common_.draining = true;
    for (const std::unique_ptr<Shard>& shard : shards_) shard->Drain();
  }

  int under_way() const override { return common_.under_way; }

  void Stop() override {
    Drain();
    asio::post(shards_.front()->executor(), [this] {
      ErrorCode ignored;
      for (Acceptor& acceptor : acceptors_) acceptor.close(ignored);
    });
    while (common_.connections > 0) {
      for (const std::unique_ptr<Shard>& shard : shards_) shard->CutAll();
      absl::SleepFor(kLookAgain);
    }
    for (const std::unique_ptr<Shard>& shard : shards_) shard->Join();
  }

 private:
  Awaitable<void> Accept(Acceptor& acceptor) {
    std::size_t next = 0;
    Timer pause(acceptor.get_executor());
    while (true) {
      Shard& shard = *shards_[next++ % shards_.size()];
      Endpoint peer;
      PlainStream socket(shard.executor());
      const auto [error] = co_await acceptor.async_accept(socket, peer, kAsTuple);
      if (!acceptor.is_open()) co_return;
      if (error) {
        // Out of file descriptors, most likely: those who are here will leave.
        pause.expires_after(kAfterFailedAccept);
        co_await pause.async_wait(kAsTuple);
        continue;
      }
      if (common_.connections >= common_.limits.connections) {
        TurnAway(socket);
        continue;
      }
      ++common_.connections;
      std::shared_ptr<asio::ssl::context> tls;
      if (IsTcp(peer)) {
        Tune(socket);
        if (options_.tls) tls = options_.tls();
      }
      shard.Add(std::move(socket), std::move(tls), AddressOf(peer));
    }
  }

  std::string TurnedAway() const {
    const Response response = options_.handler->ResponseTo(Fault::kTooManyClients);
    return HeadText(response, Framing::kLength, false, absl::Now()) + response.body;
  }

  // Costs nothing that lasts: what does not go at once does not go.
  void TurnAway(PlainStream& socket) const {
    ErrorCode ignored;
    socket.non_blocking(true, ignored);
    std::array<char, 4096> unread;
    if (!options_.tls) {
      socket.read_some(asio::buffer(unread), ignored);
      socket.write_some(asio::buffer(turned_away_), ignored);
    }
    socket.shutdown(asio::socket_base::shutdown_send, ignored);
    socket.close(ignored);
  }

  const ServerOptions options_;
  Common common_;
  const std::string turned_away_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<Acceptor> acceptors_;
  int port_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options) {
  auto server = std::make_unique<AsioServer>(std::move(options));
  RETURN_IF_ERROR(server->Listen());
  return server;
}

}  // namespace jiebang::http
