// The promises of store.h as tests, the same for every engine. An engine joins in its own test:
//
//   INSTANTIATE_TEST_SUITE_P(Sqlite, Conformance, testing::Values(Engine{"Sqlite", [] {
//     const auto directory = std::make_shared<TemporaryDirectory>();
//     return [directory] { return OpenSqliteStore(directory->path() / "store.db"); };
//   }}));
#ifndef JIEBANG_COMMON_STORE_CONFORMANCE_CONFORMANCE_H_
#define JIEBANG_COMMON_STORE_CONFORMANCE_CONFORMANCE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/async/thread_executor.h"
#include "common/store/store.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {

struct Engine {
  // Opens the store of one place, again and again.
  using OpenStore = std::function<absl::StatusOr<std::unique_ptr<Store>>()>;

  std::string name;
  // Makes an empty place, which lives as long as the function that it gives.
  std::function<OpenStore()> start;

  friend void PrintTo(const Engine& engine, std::ostream* out) { *out << engine.name; }
};

// An empty store for each test, and its methods without coroutines.
class Conformance : public testing::TestWithParam<Engine> {
 protected:
  // The partition of most tests, and the table.
  static constexpr char kPartition[] = "units/440000";
  static constexpr char kTable[] = "applications";

  void SetUp() override;

  // Closes the store and opens it again.
  void Reopen();
  Store& store() { return *store_; }

  template <class T>
  T Await(Task<T> task) {
    return executor_.RunUntilDone(std::move(task));
  }

  absl::Status Apply(Commit commit) { return Await(store_->Apply(std::move(commit))); }
  // One put to kTable in kPartition.
  absl::Status PutOne(std::string id, std::string value);
  // Each with the value "value of <id>".
  void PutAll(const std::vector<std::string>& ids);
  absl::Status DeleteOne(std::string id);
  absl::StatusOr<Record> Get(Key key) { return Await(store_->Get(std::move(key))); }
  absl::StatusOr<Record> Get(std::string id) { return Get(Key{kTable, kPartition, std::move(id)}); }
  absl::StatusOr<std::vector<std::optional<Record>>> GetMany(std::vector<Key> keys) {
    return Await(store_->GetMany(std::move(keys)));
  }
  // Of kTable in kPartition.
  absl::StatusOr<Page> Scan(std::string prefix, std::string after, std::size_t limit) {
    return Await(store_->Scan(kTable, kPartition, std::move(prefix), std::move(after), limit));
  }
  // The ids of a page that says `more`.
  std::vector<std::string> ScannedIds(std::string prefix, std::string after, std::size_t limit, bool more);
  absl::StatusOr<Replay> FindReplay(std::string key) { return Await(store_->FindReplay(kPartition, std::move(key))); }
  absl::StatusOr<std::vector<JournalEntry>> ReadJournal(int shard, std::uint64_t after, std::size_t limit) {
    return Await(store_->ReadJournal(shard, after, limit));
  }
  // From the first entry to the last, in pages.
  std::vector<JournalEntry> WholeJournal(int shard);
  std::uint64_t Head(int shard);

  // Calls `run` with 0, 1, ... on so many threads at once, each with an executor of its own.
  void OnThreads(int threads, const std::function<void(int thread, ThreadExecutor&)>& run);

 private:
  ThreadExecutor executor_;
  Engine::OpenStore open_;
  std::unique_ptr<Store> store_;
};

inline auto IsRecord(std::string id, std::uint64_t version, std::string value) {
  return testing::AllOf(testing::Field("id", &Record::id, std::move(id)),
                        testing::Field("version", &Record::version, version),
                        testing::Field("value", &Record::value, std::move(value)));
}

inline auto IsEntry(std::uint64_t sequence, std::string resource) {
  return testing::AllOf(
      testing::Field("sequence", &JournalEntry::sequence, sequence),
      testing::Field("event", &JournalEntry::event, testing::Field("resource", &Event::resource, std::move(resource))));
}

inline auto IsReplay(const Replay& replay) {
  return testing::AllOf(testing::Field("key", &Replay::key, replay.key),
                        testing::Field("fingerprint", &Replay::fingerprint, replay.fingerprint),
                        testing::Field("answer", &Replay::answer, replay.answer));
}

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_CONFORMANCE_CONFORMANCE_H_
