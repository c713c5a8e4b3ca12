// One who writes to two stores in turn, the same number to the first and then to the second: for tests of cuts.
#ifndef JIEBANG_COMMON_STORE_BACKUP_ALTERNATING_WRITER_H_
#define JIEBANG_COMMON_STORE_BACKUP_ALTERNATING_WRITER_H_

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "common/async/thread_executor.h"
#include "common/store/backup/snapshot.h"
#include "common/store/backup/test_content.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {

class AlternatingWriter {
 public:
  AlternatingWriter(Store& first, Store& second) : thread_([this, &first, &second] { Write(first, second); }) {}
  ~AlternatingWriter() {
    finished_ = true;
    thread_.join();
  }

 private:
  void Write(Store& first, Store& second) {
    ThreadExecutor executor;
    while (!finished_) {
      for (Store* const store : {&first, &second}) {
        // The version is the number.
        ASSERT_THAT(executor.RunUntilDone(store->Apply({.partition = "p", .puts = {{"t", "number", ""}}})), IsOk());
      }
    }
  }

  std::atomic<bool> finished_ = false;
  std::thread thread_;
};

// Takes snapshots of both stores while they are written: the first is never behind, and never more than a step ahead.
template <class Take>
void ExpectCuts(Store& first, Store& second, int rounds, Take take) {
  const AlternatingWriter writer(first, second);
  std::uint64_t last = 0;
  for (int round = 0; round < rounds || last < 100; ++round) {
    ASSERT_OK_AND_ASSIGN(const auto snapshot, take());
    ASSERT_OK_AND_ASSIGN(const std::vector<Item> items, ItemsOf(*snapshot));
    std::vector<std::uint64_t> numbers;
    for (const Item& item : items) {
      if (const auto* const record = std::get_if<StoredRecord>(&item)) numbers.push_back(record->version);
    }
    EXPECT_LT(snapshot->writes_waited(), absl::Seconds(5));
    if (numbers.size() < 2) continue;  // the writer has not been to both yet
    ASSERT_TRUE(numbers[0] == numbers[1] || numbers[0] == numbers[1] + 1) << numbers[0] << " " << numbers[1];
    ASSERT_GE(numbers[1], last);
    last = numbers[1];
  }
}

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_ALTERNATING_WRITER_H_
