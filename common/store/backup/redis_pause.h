// Keeps all writes off several Redis servers, and knows whether it did.
#ifndef JIEBANG_COMMON_STORE_BACKUP_REDIS_PAUSE_H_
#define JIEBANG_COMMON_STORE_BACKUP_REDIS_PAUSE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/redis_primaries.h"

namespace jiebang::store::backup {

// CLIENT PAUSE WRITE lasts for a while only, so that a server goes on by itself when this process dies; here it is
// renewed. Scripts are held as writes are, but for those that are called as read-only.
class RedisPause {
 public:
  struct Limits {
    // So long writes wait at most when this process dies.
    std::chrono::milliseconds lapse{15'000};
    // How long they may wait altogether. Redis holds the PUBLISH of a Sentinel, too, which takes a master that holds it
    // for longer than down-after-milliseconds for dead.
    std::chrono::milliseconds longest{25'000};
  };

  // When this comes back, no write is under way on any of them.
  static absl::StatusOr<std::unique_ptr<RedisPause>> Begin(RedisPrimaries& primaries, Limits limits);
  // Lets writes go on.
  ~RedisPause();

  // To be called at least ten times as often as the pause would lapse. ABORTED: the pause may have lapsed, or writes
  // have waited for as long as they may.
  absl::Status KeepUp();
  // Lets writes go on, and says whether there was none since Begin: ABORTED when there may have been one, because
  // somebody else ended the pause, or the server was started again or is the master no more.
  absl::Status End();

  absl::Duration lasted() const;

 private:
  using Clock = std::chrono::steady_clock;

  // What a write changes, and a server that is not the same one any more.
  struct State {
    std::string run;
    std::string role;
    std::int64_t changes = 0;  // since the last RDB file
    std::int64_t keys = 0;
  };

  RedisPause(RedisPrimaries& primaries, Limits limits) : primaries_(primaries), limits_(limits), began_(Clock::now()) {}

  // When the pause of this primary may lapse.
  Clock::time_point LapseOf(std::size_t primary) const;

  absl::Status Renew(std::size_t primary);
  absl::StatusOr<State> StateOf(std::size_t primary);
  absl::Status Confirm();
  absl::Status Unpause();

  RedisPrimaries& primaries_;
  const Limits limits_;
  const Clock::time_point began_;
  Clock::time_point ended_ = {};
  std::vector<Clock::time_point> asked_;  // of each primary: when the pause that runs was asked for
  std::vector<State> states_;
  bool runs_ = true;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_REDIS_PAUSE_H_
