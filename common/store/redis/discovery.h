// How one finds out which server answers for which slot: that is all that a single server, one behind Sentinel and a
// Cluster differ in.
#ifndef JIEBANG_COMMON_STORE_REDIS_DISCOVERY_H_
#define JIEBANG_COMMON_STORE_REDIS_DISCOVERY_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/store/redis/endpoint.h"
#include "common/store/redis/slot_map.h"

namespace jiebang::store::redis {

// All methods are called on the thread of the loop.
class Discovery {
 public:
  virtual ~Discovery() = default;

  // Who answers for what, now. FAILED_PRECONDITION: asking again will not help. UNAVAILABLE: nobody can say.
  virtual Task<absl::StatusOr<SlotMap>> Look() = 0;

  // How often one must look even if nothing seems wrong.
  virtual absl::Duration period() const = 0;

  // Ends the connections that it has: gracefully, or at once.
  virtual void Close() = 0;
  virtual void Break() = 0;
};

// A server that is where it is.
class FixedServer : public Discovery {
 public:
  explicit FixedServer(const Endpoint& endpoint) : map_(endpoint) {}

  Task<absl::StatusOr<SlotMap>> Look() override { co_return map_; }
  absl::Duration period() const override { return absl::InfiniteDuration(); }
  void Close() override {}
  void Break() override {}

 private:
  const SlotMap map_;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_DISCOVERY_H_
