// Where the parts of a store stand in Redis. All keys of a partition carry the tag of its shard, so that one commit
// touches one slot of a Cluster. Of the service `quota`, shard 7:
//
// - `{quota:7}r:<table>\0<partition>\0<id>`: a record, the string "<version>:<value>"
// - `{quota:7}i:<table>\0<partition>`: the ids of the records of a table and partition, a sorted set of equal scores
// - `{quota:7}q:<partition>\0<key>`: a replay, the string "<size of fingerprint>:<fingerprint><answer>", which expires
// - `{quota:7}u:<id>`: the receipt of a commit without a replay, an empty string, which expires sooner
// - `{quota:7}j`: the journal of the shard, a stream; the id of an entry is <sequence>-0
// - `{quota:7}c`: how many of its first entries were compacted away; absent: none
// - `{quota:0}restoring`: a back-up is being restored
//
// Tables and partitions never hold the byte 0, so no two keys are joined to the same bytes.
#ifndef JIEBANG_COMMON_STORE_REDIS_KEYS_H_
#define JIEBANG_COMMON_STORE_REDIS_KEYS_H_

#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace jiebang::store::redis {

// The keys of one partition.
class PartitionKeys {
 public:
  // `tag`: of the partition's shard.
  PartitionKeys(std::string tag, const std::string& partition) : tag_(std::move(tag)), partition_(partition) {}

  std::string Journal() const;
  std::string Compacted() const;
  std::string Record(absl::string_view table, absl::string_view id) const;
  // What the key of every record of this table begins with; the id follows.
  std::string RecordsOf(absl::string_view table) const;
  std::string Index(absl::string_view table) const;
  std::string Replay(absl::string_view replay_key) const;
  std::string Receipt(absl::string_view id) const;

 private:
  const std::string tag_;
  const std::string& partition_;
};

class Keys {
 public:
  // The prefix has no braces.
  explicit Keys(std::string prefix) : prefix_(std::move(prefix)) {}

  // The partition must outlive what is given.
  PartitionKeys Of(const std::string& partition) const;
  std::string Journal(int shard) const;
  std::string Compacted(int shard) const;
  // Of shard 0; there while a back-up is being restored, when the store is not whole.
  std::string Restoring() const;

  // Where a Cluster places everything of a shard.
  int SlotOf(int shard) const;

 private:
  std::string TagOf(int shard) const;

  const std::string prefix_;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_KEYS_H_
