#include "common/store/redis/keys.h"

#include "absl/strings/str_cat.h"
#include "common/store/store.h"

namespace jiebang::store::redis {
namespace {

constexpr absl::string_view kSeparator("\0", 1);

}  // namespace

std::string Keys::TagOf(int shard) const { return absl::StrCat("{", prefix_, ":", shard, "}"); }
std::string Keys::Tag(const std::string& partition) const { return TagOf(ShardOf(partition)); }
std::string Keys::Journal(int shard) const { return absl::StrCat(TagOf(shard), "j"); }

std::string Keys::RecordsOf(absl::string_view table, const std::string& partition) const {
  return absl::StrCat(Tag(partition), "r:", table, kSeparator, partition, kSeparator);
}

std::string Keys::Record(absl::string_view table, const std::string& partition, absl::string_view id) const {
  return absl::StrCat(RecordsOf(table, partition), id);
}

std::string Keys::Index(absl::string_view table, const std::string& partition) const {
  return absl::StrCat(Tag(partition), "i:", table, kSeparator, partition);
}

std::string Keys::Replay(const std::string& partition, absl::string_view replay_key) const {
  return absl::StrCat(Tag(partition), "q:", partition, kSeparator, replay_key);
}

}  // namespace jiebang::store::redis
