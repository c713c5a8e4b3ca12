// One request and its answer, between the thread that speaks HTTP and the executor that the call runs on.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_EXCHANGE_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_EXCHANGE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "services/gateway/door/cancellation.h"
#include "services/gateway/http/server/message.h"

namespace jiebang::http {

// For one handler on one executor. A handler reads the body in one of two ways, or not at all, and answers in one of
// two ways; reading piece by piece may go on beside answering.
class Exchange {
 public:
  virtual const Request& request() const = 0;

  // The whole body, as sent. INVALID_ARGUMENT: it is not HTTP; OUT_OF_RANGE: longer than `max_bytes`;
  // DEADLINE_EXCEEDED: it comes too slowly; RESOURCE_EXHAUSTED: there is no memory for it now; CANCELLED: the client is
  // gone.
  virtual Task<absl::StatusOr<std::string>> ReadBody(std::size_t max_bytes) = 0;

  // The next piece of the body, as it comes; empty: there is no more. Errors as above, and CANCELLED after StopReading.
  virtual Task<absl::StatusOr<std::string>> ReadSome() = 0;

  // Ends a ReadSome that waits, and the connection after the answer.
  virtual void StopReading() = 0;

  // The whole answer; sent when the handler has ended.
  virtual void Respond(Response response) = 0;

  // An answer of unknown length: its head, without a body. Goes out with the first Write.
  virtual void Begin(Response head) = 0;
  // Comes back when the transport took the bytes, which is how a slow reader slows down who writes; without bytes only
  // the head goes out. False: the client is gone.
  virtual Task<bool> Write(std::string bytes) = 0;
  // The last bytes; sent when the handler has ended. A handler that ends without them cuts the connection.
  virtual void End(std::string bytes) = 0;

  // Says that the call may live for hours: it is cancelled, not waited for, when the server stops.
  virtual void BecomeStream() = 0;

  // Fires when the client is gone or, for a stream, when the server stops.
  virtual gateway::Cancellation& cancellation() = 0;

 protected:
  ~Exchange() = default;
};

// What is wrong with a request of which there is not even a head to hand on.
enum class Fault {
  kMalformed,        // 400
  kHeadTooSlow,      // 408
  kTargetTooLong,    // 414
  kHeadTooLong,      // 431
  kTooManyClients,   // 503
  kVersionUnknown,   // 505: other than HTTP/1.0 and 1.1
  kUnknownTransfer,  // 501: a Transfer-Encoding other than chunked
};

class Handler {
 public:
  // Answers one exchange, on the executor of its connection.
  virtual Task<void> Serve(Exchange& exchange) = 0;

  // Any thread.
  virtual Response ResponseTo(Fault fault) const = 0;

 protected:
  ~Handler() = default;
};

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_EXCHANGE_H_
