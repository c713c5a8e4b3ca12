// Several connections to one server behind one thread, for callers on any other thread.
#ifndef JIEBANG_COMMON_STORE_REDIS_CLIENT_H_
#define JIEBANG_COMMON_STORE_REDIS_CLIENT_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/async/task.h"
#include "common/store/redis/command.h"
#include "common/store/redis/connection.h"
#include "common/store/redis/event_loop.h"
#include "common/store/redis/reply.h"

namespace jiebang::store::redis {

class Client {
 public:
  // Starts to connect. A command that is not answered for so long breaks its connection: the server hangs, or the
  // network.
  Client(Endpoint endpoint, int connections, Connection::Greeting greeting, absl::Duration patience);
  // Gives the commands in flight a moment to be answered.
  ~Client();

  // Blocks until a command can be sent, or until a greeting failed with FAILED_PRECONDITION, or until the deadline.
  absl::Status WaitUntilReady(absl::Time deadline);

  // Errors of Redis as ErrorOf. UNAVAILABLE also when there is no connection, at once: the caller knows best whether to
  // wait for another.
  // The command must live until it is answered.
  Task<absl::StatusOr<Reply>> Call(Command& command);
  // One answer a command, in order; fails as a whole. They go over one connection together.
  Task<absl::StatusOr<std::vector<Reply>>> CallAll(absl::Span<Command> commands);

 private:
  using Replies = absl::StatusOr<std::vector<Reply>>;

  void Observe(const absl::Status& state);
  // Thread of the loop: a ready connection with the fewest commands in flight, or null.
  Connection* Idlest();
  absl::Status NotConnected() const;
  void SendAll(absl::Span<Command> commands, Resume<Replies> done);
  // Ends connections that hang, until the loop stops.
  Task<void> Watch();
  // Runs a connection, and counts it as long as it runs.
  Task<void> RunCounted(Connection& connection);

  const absl::Duration patience_;

  mutable absl::Mutex mutex_;
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status state_ ABSL_GUARDED_BY(mutex_) = absl::UnavailableError("Redis: not connected yet");
  std::size_t running_ ABSL_GUARDED_BY(mutex_) = 0;  // coroutines

  std::size_t next_ = 0;  // of the loop's thread; where Idlest begins to look
  std::vector<std::unique_ptr<Connection>> connections_;
  EventLoop loop_;  // ends first, with what was posted to it, which may speak of all of the above
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_CLIENT_H_
