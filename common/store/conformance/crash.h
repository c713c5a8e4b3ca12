// For tests that kill something in the middle of commits: what is written, and what must be found afterwards.
#ifndef JIEBANG_COMMON_STORE_CONFORMANCE_CRASH_H_
#define JIEBANG_COMMON_STORE_CONFORMANCE_CRASH_H_

#include <vector>

#include "common/async/thread_executor.h"
#include "common/store/store.h"

namespace jiebang::store {

// Each writer makes its steps 0, 1, 2, ... in a partition of its own. A step puts two records, an event and a replay.
Commit CrashStep(int writer, int step);

// Expects of each writer: the steps up to the one acknowledged last (-1: none) are there; those that are there begin at
// 0 without a gap; each is there wholly; the journal is dense. Gives the first step of each writer that is not there.
std::vector<int> ExpectWholeSteps(Store& store, ThreadExecutor& executor, const std::vector<int>& acknowledged);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_CONFORMANCE_CRASH_H_
