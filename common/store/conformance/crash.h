// For tests that kill something in the middle of commits: what is written, and what must be found afterwards.
#ifndef JIEBANG_COMMON_STORE_CONFORMANCE_CRASH_H_
#define JIEBANG_COMMON_STORE_CONFORMANCE_CRASH_H_

#include <atomic>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "common/async/task.h"
#include "common/async/thread_executor.h"
#include "common/store/store.h"

namespace jiebang::store {

// Each writer makes its steps 0, 1, 2, ... in a partition of its own. A step puts two records, an event and a replay.
Commit CrashStep(int writer, int step);

// Makes one step, however often the store cannot be reached meanwhile.
Task<absl::Status> MakeStep(Store& store, int writer, int step);

// Writers that make one step after the other, each on a thread of its own, until Finish.
class CrashWriters {
 public:
  CrashWriters(Store& store, int writers);
  ~CrashWriters();

  // Comes back when so many more steps were made by all of them together; they may be expected within half a minute.
  void AwaitSteps(int more);
  // The last acknowledged step of each writer (-1: none), when all of them have ended.
  std::vector<int> Finish();

 private:
  std::vector<std::atomic<int>> next_;
  std::atomic<int> made_ = 0;
  std::atomic<bool> finished_ = false;
  std::vector<std::thread> threads_;
};

// Expects of each writer: the steps up to the one acknowledged last (-1: none) are there; those that are there begin at
// 0 without a gap; each is there wholly; the journal is dense. Gives the first step of each writer that is not there.
std::vector<int> ExpectWholeSteps(Store& store, ThreadExecutor& executor, const std::vector<int>& acknowledged);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_CONFORMANCE_CRASH_H_
