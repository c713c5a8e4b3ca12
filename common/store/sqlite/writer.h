// The thread that writes: it takes all commits that wait and makes them durable together.
#ifndef JIEBANG_COMMON_STORE_SQLITE_WRITER_H_
#define JIEBANG_COMMON_STORE_SQLITE_WRITER_H_

#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/async/task.h"
#include "common/store/sqlite/applier.h"
#include "common/store/store.h"

namespace jiebang::store::sqlite {

class Writer {
 public:
  explicit Writer(std::unique_ptr<Applier> applier);
  // Applies what was submitted before.
  ~Writer();

  // Thread-safe. `commit` must live until `done` is called.
  void Submit(const Commit& commit, Resume<absl::Status> done);
  // Store::CompactJournal, between two groups of commits.
  void SubmitCompaction(int shard, std::uint64_t up_to, Resume<absl::Status> done);

  // Of what is durable. Thread-safe.
  Heads heads() const;

 private:
  struct Waiting {
    const Commit* commit;
    Resume<absl::Status> done;
  };
  struct Compaction {
    int shard;
    std::uint64_t up_to;
    Resume<absl::Status> done;
  };
  struct Group {
    std::vector<Waiting> commits;
    std::vector<Compaction> compactions;
  };

  void Run();
  // Blocks until there is something. Empty: the writer stops and nothing is left.
  Group TakeGroup();
  void Apply(std::vector<Waiting> group);
  void PublishHeads();

  const std::unique_ptr<Applier> applier_;  // the thread's own
  mutable absl::Mutex mutex_;
  Group waiting_ ABSL_GUARDED_BY(mutex_);
  Heads heads_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_WRITER_H_
