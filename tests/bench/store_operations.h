// What a store is asked for while it is measured, by so many at once, each again when it was answered.
#ifndef JIEBANG_TESTS_BENCH_STORE_OPERATIONS_H_
#define JIEBANG_TESTS_BENCH_STORE_OPERATIONS_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "tests/bench/invented_records.h"

namespace jiebang::bench {

struct Load {
  int in_flight = 8;
  absl::Duration seconds = absl::Seconds(1);
  absl::Duration warm_up = absl::Milliseconds(300);
  // Ends with so many, however early: what is committed makes the journal longer.
  int most = 1'000'000'000;
};

struct Measured {
  std::vector<double> microseconds;  // of each after the warm-up
  int begun = 0;
  double seconds = 0;      // in all
  double cpu_seconds = 0;  // of this process, in all
};

class StoreOperations {
 public:
  // `store` is empty, and holds `records` after Fill.
  StoreOperations(store::Store& store, int records);

  // Errors: the store's; FAILED_PRECONDITION when it is not empty.
  absl::Status Fill();

  // `operation`:
  //
  // get       a record, any
  // page      50 records of the large partition, from anywhere on
  // commit    a step of a record, any: read its version, write it over, move it in a list, an event, an answer
  // tail      the heads of the journal and the 16 newest entries of a shard
  // delivery  a commit, until its event is with somebody who follows the journal
  //
  // Errors: the store's, of the first that failed; INVALID_ARGUMENT for any other operation.
  absl::StatusOr<Measured> Measure(const std::string& operation, const Load& load);

 private:
  struct Run;

  Task<void> FillAsWorker(int& next, Run& run);
  Task<void> AskAgain(const std::string& operation, int worker, Run& run);
  Task<absl::Status> Ask(const std::string& operation, int worker, Run& run);
  Task<absl::Status> Get();
  Task<absl::Status> Page();
  Task<absl::Status> Commit(int worker, Run& run);
  Task<absl::Status> Tail();
  Task<void> Follow(Run& run);

  store::Store& store_;
  const InventedRecords records_;
  const std::vector<std::string> large_ids_;
  std::vector<std::uint32_t> versions_;
  std::uint64_t next_step_;
  std::mt19937 random_{212};
};

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_STORE_OPERATIONS_H_
