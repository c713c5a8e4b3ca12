// A store that passes everything on to another one, for those that change one thing about it.
#ifndef JIEBANG_COMMON_STORE_FORWARDING_STORE_H_
#define JIEBANG_COMMON_STORE_FORWARDING_STORE_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/store/store.h"

namespace jiebang::store {

class ForwardingStore : public Store {
 public:
  // `store` outlives it.
  explicit ForwardingStore(Store& store) : store_(store) {}

  Task<absl::Status> Apply(Commit commit) override { return store_.Apply(std::move(commit)); }
  Task<absl::StatusOr<Record>> Get(Key key) override { return store_.Get(std::move(key)); }
  Task<absl::StatusOr<std::vector<std::optional<Record>>>> GetMany(std::vector<Key> keys) override {
    return store_.GetMany(std::move(keys));
  }
  Task<absl::StatusOr<Page>> Scan(std::string table, std::string partition, std::string prefix, std::string after,
                                  std::size_t limit) override {
    return store_.Scan(std::move(table), std::move(partition), std::move(prefix), std::move(after), limit);
  }
  Task<absl::StatusOr<Replay>> FindReplay(std::string partition, std::string replay_key) override {
    return store_.FindReplay(std::move(partition), std::move(replay_key));
  }
  Task<absl::StatusOr<std::vector<JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                              std::size_t limit) override {
    return store_.ReadJournal(shard, after, limit);
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override { return store_.JournalHeads(); }
  Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) override {
    return store_.CompactJournal(shard, up_to);
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() override { return store_.JournalCompacted(); }

 protected:
  Store& store() { return store_; }

 private:
  Store& store_;
};

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_FORWARDING_STORE_H_
