// An HTTP/1.1 server on Boost.Asio that knows nothing of what it serves. Its threads do nothing but move bytes; calls
// run on executors of their own.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_SERVER_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/executor.h"
#include "services/gateway/http/server/exchange.h"
#include "services/gateway/http/server/limits.h"

namespace boost::asio::ssl {
class context;
}  // namespace boost::asio::ssl

namespace jiebang::http {

// The certificates to show to a connection that is accepted now.
using TlsContexts = std::function<std::shared_ptr<boost::asio::ssl::context>()>;

struct ServerOptions {
  // host:port or unix:path; port 0: any.
  std::vector<std::string> addresses;
  int threads = 1;
  // Where calls run, a connection's calls on one of them; at least one. They outlive the server.
  std::vector<Executor*> executors;
  Handler* handler = nullptr;  // outlives the server
  // Null: plaintext. Sockets of this machine are always plaintext.
  TlsContexts tls;
  Limits limits;
};

class Server {
 public:
  // UNAVAILABLE when an address cannot be bound, INVALID_ARGUMENT when it is none.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options);

  // Stop was called.
  virtual ~Server() = default;

  // Of the first address; 0 for a socket of this machine.
  virtual int port() const = 0;

  // Closes the connections that wait for a request, and each other one after its answer; cancels streams.
  virtual void Drain() = 0;

  // Exchanges that are not answered yet.
  virtual int under_way() const = 0;

  // Takes no connections, closes all that are open, waits until their calls have ended.
  virtual void Stop() = 0;
};

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_SERVER_H_
