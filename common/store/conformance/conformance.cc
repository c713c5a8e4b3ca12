#include "common/store/conformance/conformance.h"

#include "common/testing/status_matchers.h"

namespace jiebang::store {

void Conformance::SetUp() {
  open_ = GetParam().start();
  Reopen();
}

void Conformance::Reopen() {
  store_.reset();
  absl::StatusOr<std::unique_ptr<Store>> store = open_();
  ASSERT_THAT(store, IsOk());
  store_ = *std::move(store);
}

absl::Status Conformance::PutOne(std::string id, std::string value) {
  Commit commit{.partition = kPartition};
  commit.puts.push_back({kTable, std::move(id), std::move(value)});
  return Apply(std::move(commit));
}

absl::Status Conformance::DeleteOne(std::string id) {
  Commit commit{.partition = kPartition};
  commit.deletes.push_back({kTable, std::move(id)});
  return Apply(std::move(commit));
}

void Conformance::PutAll(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) ASSERT_THAT(PutOne(id, "value of " + id), IsOk());
}

std::vector<std::string> Conformance::ScannedIds(std::string prefix, std::string after, std::size_t limit, bool more) {
  const absl::StatusOr<Page> page = Scan(std::move(prefix), std::move(after), limit);
  EXPECT_THAT(page, IsOk());
  if (!page.ok()) return {"(no page)"};
  EXPECT_EQ(page->more, more);
  std::vector<std::string> ids;
  for (const Record& record : page->records) ids.push_back(record.id);
  return ids;
}

std::vector<JournalEntry> Conformance::WholeJournal(int shard) {
  std::vector<JournalEntry> whole;
  while (true) {
    const std::uint64_t after = whole.empty() ? 0 : whole.back().sequence;
    absl::StatusOr<std::vector<JournalEntry>> page = ReadJournal(shard, after, kMaxScanRecords);
    EXPECT_THAT(page, IsOk());
    if (!page.ok() || page->empty()) return whole;
    whole.insert(whole.end(), page->begin(), page->end());
  }
}

std::uint64_t Conformance::Head(int shard) {
  const absl::StatusOr<std::vector<std::uint64_t>> heads = Await(store_->JournalHeads());
  EXPECT_THAT(heads, IsOk());
  return heads.ok() ? heads->at(static_cast<std::size_t>(shard)) : 0;
}

void Conformance::OnThreads(int threads, const std::function<void(int thread, ThreadExecutor&)>& run) {
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([thread, &run] {
      ThreadExecutor executor;
      run(thread, executor);
    });
  }
  for (std::thread& thread : running) thread.join();
}

}  // namespace jiebang::store
