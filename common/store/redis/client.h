// The way from callers on any thread to the server that answers for a slot, wherever it is now: a thread with the
// connections to all servers, and the map of who answers for what.
#ifndef JIEBANG_COMMON_STORE_REDIS_CLIENT_H_
#define JIEBANG_COMMON_STORE_REDIS_CLIENT_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/async/task.h"
#include "common/store/redis/command.h"
#include "common/store/redis/crew.h"
#include "common/store/redis/discovery.h"
#include "common/store/redis/event_loop.h"
#include "common/store/redis/node.h"
#include "common/store/redis/reply.h"
#include "common/store/redis/slot_map.h"

namespace jiebang::store::redis {

// A command and the slot of its keys.
struct Slotted {
  int slot = 0;
  Command command;
};

class Client {
 public:
  using MakeDiscovery = std::function<std::unique_ptr<Discovery>(EventLoop& loop, Crew& crew)>;

  // Starts to connect. `slots`: those that will be asked for; it is ready when all of them can be reached.
  Client(MakeDiscovery discovery, NodeOptions options, std::set<int> slots);
  ~Client();

  // Gives the commands in flight a moment to be answered, then breaks all connections. Whatever is asked from now on is
  // answered UNAVAILABLE. Blocks; more than once is fine.
  void Close();

  // Blocks until a command can be sent, or until something failed with FAILED_PRECONDITION, or until the deadline.
  absl::Status WaitUntilReady(absl::Time deadline);

  // The answer of whoever answers for the slot now. Errors of Redis as ErrorOf. UNAVAILABLE, at once, when there is no
  // connection: the caller knows best whether to wait for another. The command must live until it is answered.
  Task<absl::StatusOr<Reply>> Call(int slot, const Command& command);
  // As Call, of a command that writes: answered when as many replicas have it as the options say. UNKNOWN: it was sent,
  // and its answer is lost, or fewer replicas have it.
  Task<absl::StatusOr<Reply>> CallToCommit(int slot, const Command& command);
  // One answer a command, in order; fails as a whole. Those for one server go over one connection together.
  Task<absl::StatusOr<std::vector<Reply>>> CallAll(absl::Span<const Slotted> commands);

 private:
  using Answered = absl::StatusOr<Reply>;

  struct Outcome {
    Answered answer = absl::UnavailableError("Redis: not sent");
    std::optional<Redirection> redirection = std::nullopt;
  };

  // Where a command goes.
  struct Way {
    int slot = 0;
    bool commits = false;
    std::optional<Endpoint> ask_at = std::nullopt;  // not to who answers for the slot, but there, this once
  };

  // Sends it again wherever it is sent on to, as long as patience lasts.
  Task<Answered> Deliver(Way way, const Command& command);
  Task<Outcome> SendOnce(const Way& way, const Command& command);

  // --- on the thread of the loop
  using Done = absl::AnyInvocable<void(Outcome)>;

  void SendOn(const Way& way, absl::string_view encoded, Done done);
  void SendAll(absl::Span<const Slotted> commands, Resume<std::vector<Outcome>> done);
  // A parcel whose answer is judged before it is handed on.
  Parcel ParcelFor(const std::shared_ptr<Node>& node, int slot, absl::string_view encoded, Done done);
  Outcome Judge(const Endpoint& from, int slot, Answered answer);
  // Null: nobody answers for the slot.
  std::shared_ptr<Node> NodeFor(int slot) const;
  std::shared_ptr<Node> NodeAt(const Endpoint& endpoint);
  void Adopt(const SlotMap& map);
  // Looks who answers for what, at its times and when something seems wrong.
  Task<void> KeepLooking();
  void Observe(const absl::Status& state);
  bool IsReady() const;

  absl::Status NotConnected() const;

  const NodeOptions options_;
  const std::set<int> wanted_slots_;

  mutable absl::Mutex mutex_;
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status state_ ABSL_GUARDED_BY(mutex_) = absl::UnavailableError("Redis: not connected yet");

  // Of the loop's thread.
  SlotMap map_;
  std::map<Endpoint, std::shared_ptr<Node>> nodes_;
  std::unique_ptr<Discovery> discovery_;
  bool look_wanted_ = true;

  Crew crew_;
  EventLoop loop_;  // ends first, with what was posted to it, which may speak of all of the above
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_CLIENT_H_
