// Which server answers for which slot, and what a server says when it is another one.
#ifndef JIEBANG_COMMON_STORE_REDIS_SLOT_MAP_H_
#define JIEBANG_COMMON_STORE_REDIS_SLOT_MAP_H_

#include <map>
#include <optional>
#include <set>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/store/redis/endpoint.h"
#include "common/store/redis/reply.h"

namespace jiebang::store::redis {

inline constexpr int kSlots = 16'384;

// The slot of a key (Redis Cluster specification): CRC-16/XMODEM of what stands between its first `{` and the next `}`,
// or of all of it when nothing does, modulo 16,384.
int SlotOf(absl::string_view key);

class SlotMap {
 public:
  // Nobody answers for anything.
  SlotMap() = default;
  // One server answers for every slot.
  explicit SlotMap(const Endpoint& everything) { Assign(0, kSlots - 1, everything); }

  // From the answer to CLUSTER SLOTS of the server at `asked`, which may leave out its own address.
  static absl::StatusOr<SlotMap> FromReply(const Reply& slots, const Endpoint& asked);

  // Null: nobody answers for it.
  const Endpoint* Find(int slot) const;
  void Assign(int first, int last, const Endpoint& endpoint);

  // Every server that answers for a slot.
  std::set<Endpoint> Primaries() const;
  // Their replicas, where they are known.
  const std::set<Endpoint>& replicas() const { return replicas_; }

  friend bool operator==(const SlotMap&, const SlotMap&) = default;

 private:
  std::map<int, Endpoint> from_;  // who answers from this slot on, up to the next; an empty endpoint: nobody
  std::set<Endpoint> replicas_;
};

// "Not here": an error with which a server of a Cluster sends a command elsewhere.
struct Redirection {
  enum class Kind {
    kMoved,     // the slot is the other one's now
    kAsk,       // only this once, ASKING first: the slot is being moved there
    kTryAgain,  // the slot is being moved, and neither of the two has all keys of the command yet
  };
  Kind kind = Kind::kTryAgain;
  int slot = 0;       // kMoved, kAsk
  Endpoint endpoint;  // kMoved, kAsk
};

// nullopt: the reply is none. `asked` is where it came from: a server may leave out an address that is its own.
std::optional<Redirection> RedirectionOf(const Reply& reply, const Endpoint& asked);

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_SLOT_MAP_H_
