// One connection to a server: it connects, greets, and when it breaks begins again.
#ifndef JIEBANG_COMMON_STORE_REDIS_CONNECTION_H_
#define JIEBANG_COMMON_STORE_REDIS_CONNECTION_H_

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/store/redis/command.h"
#include "common/store/redis/endpoint.h"
#include "common/store/redis/event_loop.h"
#include "common/store/redis/reply.h"

struct redisAsyncContext;

namespace jiebang::store::redis {

// All methods are called on the thread of the loop.
class Connection {
 public:
  // Called once for each command, on the thread of the loop. An error of Redis is a Reply; a status says that there is
  // none. UNAVAILABLE: the command was not sent. UNKNOWN: it was, and nobody knows whether it was executed.
  using Answer = absl::AnyInvocable<void(absl::StatusOr<Reply>)>;
  // What is to be said and asked before the first command. An error: this connection must not be used.
  using Greeting = std::function<Task<absl::Status>(Connection&)>;
  // Told of every change: OK when commands can be sent, otherwise why they cannot.
  using Observer = std::function<void(const absl::Status&)>;

  Connection(EventLoop& loop, Endpoint endpoint, Greeting greeting, Observer observer);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Connects, again and again with growing pauses, until the loop stops or Retire is called, and the connection is
  // closed.
  Task<void> Run();
  // No command comes any more: those in flight are answered, then Run ends.
  void Retire();

  bool is_ready() const { return ready_ && context_ != nullptr; }
  std::size_t in_flight() const { return sent_.size(); }

  void Send(absl::string_view encoded, Answer answer);
  Task<absl::StatusOr<Reply>> Call(Command command);

  // Breaks the connection when the oldest command has waited for longer.
  void CheckPatience(absl::Duration patience);
  // Lets the commands in flight be answered, then closes.
  void Close();
  // Closes at once.
  void Break();

 private:
  struct Callbacks;

  Task<absl::Status> Connect();
  Task<absl::Status> WaitUntilBroken();
  void TellWaiter(absl::Status status);

  EventLoop& loop_;
  const Endpoint endpoint_;
  const Greeting greeting_;
  const Observer observer_;

  redisAsyncContext* context_ = nullptr;  // hiredis frees it, and says so through Callbacks
  bool ready_ = false;
  bool retired_ = false;
  absl::Time connecting_since_ = absl::InfiniteFuture();
  std::deque<absl::Time> sent_;                 // when each command in flight was sent
  std::optional<Resume<absl::Status>> waiter_;  // Run, until it is connected or until it is broken
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_CONNECTION_H_
