// A store whose journal a test writes, cuts and alters as it likes; its records are those of an embedded store.
#ifndef JIEBANG_COMMON_SEAL_BENCH_FOR_TEST_H_
#define JIEBANG_COMMON_SEAL_BENCH_FOR_TEST_H_

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/store/sqlite/sqlite_store.h"
#include "common/store/store.h"
#include "common/testing/temporary_directory.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::seal {

// A partition of this shard.
inline std::string PartitionIn(int shard) {
  int number = 0;
  while (store::ShardOf("partition " + std::to_string(number)) != shard) ++number;
  return "partition " + std::to_string(number);
}

class ScriptedJournal : public store::Store {
 public:
  // Adds an entry to the shard and gives its sequence.
  std::uint64_t Happen(int shard, const std::string& resource) {
    store::JournalEntry entry{.sequence = shards_[shard].size() + 1, .partition = PartitionIn(shard)};
    journal::v1::Event event;
    event.set_type("unit.created");
    event.set_resource(resource);
    entry.event = {.type = event.type(), .resource = resource, .payload = event.SerializeAsString()};
    shards_[shard].push_back(std::move(entry));
    return shards_[shard].size();
  }
  void Happen(int shard, int count, const std::string& prefix) {
    for (int i = 0; i < count; ++i) Happen(shard, prefix + std::to_string(i));
  }
  // Loses what comes after the first `size` entries.
  void Cut(int shard, std::size_t size) { shards_[shard].resize(size); }
  // Goes back to an earlier state of its records, as a failover does that lost what came later.
  void LoseRecordsSince(const std::filesystem::path& copy) {
    store_.reset();
    for (const char* const end : {"-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
    std::filesystem::copy_file(copy, file_, std::filesystem::copy_options::overwrite_existing);
    store_ = *store::OpenSqliteStore(file_);
  }
  void CopyRecordsTo(const std::filesystem::path& copy) {
    store_.reset();
    std::filesystem::copy_file(file_, copy);
    store_ = *store::OpenSqliteStore(file_);
  }
  void Compact(int shard, std::uint64_t up_to) { compacted_[shard] = up_to; }
  std::vector<store::JournalEntry>& entries(int shard) { return shards_[shard]; }

  Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                                     std::size_t limit) override {
    if (after < compacted_[shard]) co_return absl::OutOfRangeError("compacted");
    std::vector<store::JournalEntry> some;
    for (std::size_t i = after; i < shards_[shard].size() && some.size() < limit; ++i)
      some.push_back(shards_[shard][i]);
    co_return some;
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override {
    std::vector<std::uint64_t> heads;
    for (const auto& entries : shards_) heads.push_back(entries.size());
    co_return heads;
  }

  Task<absl::Status> Apply(store::Commit commit) override { co_return co_await store_->Apply(std::move(commit)); }
  Task<absl::StatusOr<store::Record>> Get(store::Key key) override { co_return co_await store_->Get(std::move(key)); }
  Task<absl::StatusOr<std::vector<std::optional<store::Record>>>> GetMany(std::vector<store::Key> keys) override {
    co_return co_await store_->GetMany(std::move(keys));
  }
  Task<absl::StatusOr<store::Page>> Scan(std::string table, std::string partition, std::string prefix,
                                         std::string after, std::size_t limit) override {
    co_return co_await store_->Scan(std::move(table), std::move(partition), std::move(prefix), std::move(after), limit);
  }
  Task<absl::StatusOr<store::Replay>> FindReplay(std::string partition, std::string replay_key) override {
    co_return co_await store_->FindReplay(std::move(partition), std::move(replay_key));
  }
  Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) override {
    Compact(shard, up_to);
    co_return absl::OkStatus();
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() override {
    co_return std::vector<std::uint64_t>(compacted_.begin(), compacted_.end());
  }

 private:
  TemporaryDirectory directory_;
  const std::filesystem::path file_ = std::filesystem::path(directory_.path()) / "seal.db";
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(file_);
  std::array<std::vector<store::JournalEntry>, store::kShards> shards_;
  std::array<std::uint64_t, store::kShards> compacted_{};
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_BENCH_FOR_TEST_H_
