// The thread that carries the log's pages over into the file. Random pages of a large file take tens of milliseconds,
// in which whoever commits would wait if the writer did it.
#ifndef JIEBANG_COMMON_STORE_SQLITE_CHECKPOINTER_H_
#define JIEBANG_COMMON_STORE_SQLITE_CHECKPOINTER_H_

#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/store/sqlite/database.h"

namespace jiebang::store::sqlite {

class Checkpointer {
 public:
  // `database`: a connection for this alone.
  explicit Checkpointer(Database database);
  // Finishes a check-point that is under way.
  ~Checkpointer();

  // The writer says after each of its transactions how many pages the log has. True: nearly all of them are in the
  // file, and the writer shall check-point the few that it wrote meanwhile. Nobody but the writer can see to it that
  // none come after those, so that the log begins anew.
  bool Committed(int log_pages);

 private:
  enum class State { kIdle, kAsked, kDone };

  void Run();
  // False: stops.
  bool WaitUntilAsked();

  Database database_;  // the thread's own
  absl::Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kIdle;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_CHECKPOINTER_H_
