#include "services/quota/handler/settler.h"

#include <utility>

#include "absl/time/time.h"
#include "common/status/status_macros.h"

namespace jiebang::quota {
namespace {

constexpr absl::Duration kPause = absl::Seconds(1);

}  // namespace

Task<void> Settler::Run() {
  Executor& home = co_await Home();
  while (!home.stopping()) {
    co_await Round();
    co_await Sleep(kPause);
  }
}

Task<void> Settler::Round() {
  Executor& home = co_await Home();
  // Of a store that cannot be read the next round may find more.
  absl::StatusOr<std::set<std::string>> begun = co_await finder_.Next();
  if (first_round_ && begun.ok()) {
    // What is open now was open before this process lived.
    watched_.merge(*std::exchange(begun, std::set<std::string>()));
    first_round_ = false;
  }
  const std::set<std::string> due = watched_;
  for (const std::string& partition : due) {
    if (home.stopping()) co_return;
    const absl::Status settled = co_await SettleAll(partition);
    if (settled.ok()) watched_.erase(partition);
  }
  if (begun.ok()) watched_.merge(*begun);
}

Task<absl::Status> Settler::SettleAll(std::string partition) {
  CO_ASSIGN_OR_RETURN(const std::vector<v1::Intention> open, co_await lists_.OpenIntentions(std::move(partition)));
  absl::Status last;
  for (const v1::Intention& step : open) {
    const auto settled = co_await settlement_.Settle(step, nullptr);
    if (!settled.ok()) last = settled.status();
  }
  co_return last;
}

}  // namespace jiebang::quota
