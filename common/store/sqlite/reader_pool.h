// The threads that read: each takes some of the reads that wait and answers them from one snapshot.
#ifndef JIEBANG_COMMON_STORE_SQLITE_READER_POOL_H_
#define JIEBANG_COMMON_STORE_SQLITE_READER_POOL_H_

#include <deque>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "common/async/task.h"
#include "common/store/sqlite/reader.h"

namespace jiebang::store::sqlite {

class ReaderPool {
 public:
  // One thread a reader.
  explicit ReaderPool(std::vector<std::unique_ptr<Reader>> readers);
  // Answers what was asked before.
  ~ReaderPool();

  // `co_await Read<T>(read)` gives read(Reader&), called on a thread of the pool. Thread-safe.
  template <class T, class Function>
  auto Read(Function read) {
    return Suspend<T>([this, read = std::move(read)](Resume<T> resume) {
      Post([read, resume = std::move(resume)](Reader& reader) mutable { resume(read(reader)); });
    });
  }

 private:
  using Work = absl::AnyInvocable<void(Reader&)>;

  void Post(Work work);
  void Run(Reader& reader);
  // Blocks until there is something. Empty: the pool stops and nothing is left.
  std::vector<Work> TakeBatch();

  const std::vector<std::unique_ptr<Reader>> readers_;
  absl::Mutex mutex_;
  std::deque<Work> waiting_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_READER_POOL_H_
