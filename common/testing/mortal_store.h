// The way of one process to the store: once it is dead, nothing of that process comes through any more.
#ifndef JIEBANG_COMMON_TESTING_MORTAL_STORE_H_
#define JIEBANG_COMMON_TESTING_MORTAL_STORE_H_

#include <atomic>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/store/store.h"

namespace jiebang {

class MortalStore : public store::Store {
 public:
  // Sees every commit before it is let through.
  using Look = std::function<void(const store::Commit&)>;

  explicit MortalStore(store::Store& store, Look look = nullptr) : store_(store), look_(std::move(look)) {}

  void Die() { commits_left_ = 0; }
  void DieAfter(int commits) { commits_left_ = commits; }
  // From now on nobody can be told what was answered.
  void LoseMemory() { memory_is_lost_ = true; }
  // Runs `act` before the commit that is the n-th from now on.
  void BeforeCommit(int n, std::function<void()> act) {
    act_before_ = n;
    act_ = std::move(act);
  }
  // How many commits were let through.
  int commits() const { return commits_; }

  Task<absl::Status> Apply(store::Commit commit) override {
    if (act_before_ > 0 && --act_before_ == 0) act_();
    if (IsDead()) co_return Dead();
    --commits_left_;
    ++commits_;
    if (look_) look_(commit);
    co_return co_await store_.Apply(std::move(commit));
  }
  Task<absl::StatusOr<store::Record>> Get(store::Key key) override {
    if (IsDead()) co_return Dead();
    co_return co_await store_.Get(std::move(key));
  }
  Task<absl::StatusOr<std::vector<std::optional<store::Record>>>> GetMany(std::vector<store::Key> keys) override {
    if (IsDead()) co_return Dead();
    co_return co_await store_.GetMany(std::move(keys));
  }
  Task<absl::StatusOr<store::Page>> Scan(std::string table, std::string partition, std::string prefix,
                                         std::string after, std::size_t limit) override {
    if (IsDead()) co_return Dead();
    co_return co_await store_.Scan(std::move(table), std::move(partition), std::move(prefix), std::move(after), limit);
  }
  Task<absl::StatusOr<store::Replay>> FindReplay(std::string partition, std::string replay_key) override {
    if (IsDead() || memory_is_lost_) co_return Dead();
    co_return co_await store_.FindReplay(std::move(partition), std::move(replay_key));
  }
  Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                                     std::size_t limit) override {
    if (IsDead()) co_return Dead();
    co_return co_await store_.ReadJournal(shard, after, limit);
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override {
    if (IsDead()) co_return Dead();
    co_return co_await store_.JournalHeads();
  }
  Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) override {
    if (IsDead()) co_return Dead();
    co_return co_await store_.CompactJournal(shard, up_to);
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() override {
    if (IsDead()) co_return Dead();
    co_return co_await store_.JournalCompacted();
  }

 private:
  bool IsDead() const { return commits_left_ <= 0; }
  static absl::Status Dead() { return absl::UnavailableError("this process died"); }

  store::Store& store_;
  const Look look_;
  std::atomic<int> commits_left_ = std::numeric_limits<int>::max();
  std::atomic<int> commits_ = 0;
  std::atomic<bool> memory_is_lost_ = false;
  int act_before_ = 0;
  std::function<void()> act_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_MORTAL_STORE_H_
