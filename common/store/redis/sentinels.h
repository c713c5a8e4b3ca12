// A primary that Sentinels watch over.
#ifndef JIEBANG_COMMON_STORE_REDIS_SENTINELS_H_
#define JIEBANG_COMMON_STORE_REDIS_SENTINELS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/store/redis/discovery.h"
#include "common/store/redis/node.h"

namespace jiebang::store::redis {

// What one Sentinel holds for the primary.
struct SentinelView {
  Endpoint primary;
  std::uint64_t epoch = 0;  // grows with every failover (config-epoch)
};

// From the answer to SENTINEL MASTER.
absl::StatusOr<SentinelView> ToSentinelView(const Reply& master);

// Whom to believe: the view of the latest failover, if a majority of `sentinels` has answered; a minority may be cut
// off with a primary that was replaced. Never one before `epoch`, the latest that was ever believed. UNAVAILABLE
// otherwise.
absl::StatusOr<SentinelView> Believe(const std::vector<std::optional<SentinelView>>& sentinels, std::uint64_t epoch);

class Sentinels : public Discovery {
 public:
  // `master`: the name of the primary in the Sentinels' configuration.
  Sentinels(EventLoop& loop, Crew& crew, const std::vector<Endpoint>& sentinels, std::string master,
            NodeOptions options);

  Task<absl::StatusOr<SlotMap>> Look() override;
  absl::Duration period() const override { return absl::Seconds(1); }
  void Close() override;
  void Break() override;

 private:
  // The one that answers last lets Look go on.
  Task<void> AskInto(Node& sentinel, absl::StatusOr<SentinelView>& view, int& left, Resume<bool>& last);

  EventLoop& loop_;
  const std::string master_;
  std::vector<std::shared_ptr<Node>> sentinels_;
  std::uint64_t epoch_ = 0;  // of the latest failover that was believed
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_SENTINELS_H_
