#include "common/store/redis/once.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "common/store/redis/command.h"
#include "common/store/redis/connect.h"
#include "common/store/redis/slot_map.h"

namespace jiebang::store {

using redis::Reply;

Once::Once(const std::string& prefix, const RedisOptions& options)
    : tag_(absl::StrCat("{", prefix, ":once}")), slot_(redis::SlotOf(tag_)), client_(Connect(options, {slot_})) {}

absl::StatusOr<std::unique_ptr<Once>> Once::Open(RedisOptions options) {
  if (options.prefix.empty() || options.prefix.find_first_of("{}") != std::string::npos) {
    return absl::InvalidArgumentError("prefix: want a name without braces");
  }
  std::unique_ptr<Once> once(new Once(options.prefix, options));
  const absl::Status ready = once->client_->WaitUntilReady(absl::Now() + options.opening);
  if (absl::IsFailedPrecondition(ready)) return ready;
  return once;
}

Task<absl::StatusOr<bool>> Once::Say(std::string word, absl::Duration kept) {
  const std::string seconds = absl::StrCat(absl::ToInt64Seconds(kept));
  const redis::Command command({"SET", absl::StrCat(tag_, word), "", "NX", "EX", seconds});
  const absl::StatusOr<Reply> reply = co_await client_->CallToCommit(slot_, command);
  if (!reply.ok()) co_return reply.status();
  co_return reply->type != Reply::Type::kNil;
}

}  // namespace jiebang::store
