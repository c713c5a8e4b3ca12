#include "common/store/redis/keys.h"

#include "absl/strings/str_cat.h"
#include "common/store/redis/slot_map.h"
#include "common/store/store.h"

namespace jiebang::store::redis {
namespace {

constexpr absl::string_view kSeparator("\0", 1);

}  // namespace

std::string PartitionKeys::Journal() const { return absl::StrCat(tag_, "j"); }

std::string PartitionKeys::Compacted() const { return absl::StrCat(tag_, "c"); }

std::string PartitionKeys::RecordsOf(absl::string_view table) const {
  return absl::StrCat(tag_, "r:", table, kSeparator, partition_, kSeparator);
}

std::string PartitionKeys::Record(absl::string_view table, absl::string_view id) const {
  return absl::StrCat(RecordsOf(table), id);
}

std::string PartitionKeys::Index(absl::string_view table) const {
  return absl::StrCat(tag_, "i:", table, kSeparator, partition_);
}

std::string PartitionKeys::Replay(absl::string_view replay_key) const {
  return absl::StrCat(tag_, "q:", partition_, kSeparator, replay_key);
}

std::string PartitionKeys::Receipt(absl::string_view id) const { return absl::StrCat(tag_, "u:", id); }

std::string Keys::TagOf(int shard) const { return absl::StrCat("{", prefix_, ":", shard, "}"); }

PartitionKeys Keys::Of(const std::string& partition) const { return {TagOf(ShardOf(partition)), partition}; }

std::string Keys::Journal(int shard) const { return absl::StrCat(TagOf(shard), "j"); }

std::string Keys::Compacted(int shard) const { return absl::StrCat(TagOf(shard), "c"); }

std::string Keys::Restoring() const { return absl::StrCat(TagOf(0), "restoring"); }

int Keys::SlotOf(int shard) const { return redis::SlotOf(TagOf(shard)); }

}  // namespace jiebang::store::redis
