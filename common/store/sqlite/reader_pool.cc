#include "common/store/sqlite/reader_pool.h"

#include <algorithm>
#include <cstddef>

namespace jiebang::store::sqlite {
namespace {

// Enough to share the cost of a snapshot, few enough that another thread finds work too and the log is not held for
// long.
constexpr std::size_t kBatch = 32;

}  // namespace

ReaderPool::ReaderPool(std::vector<std::unique_ptr<Reader>> readers) : readers_(std::move(readers)) {
  for (const std::unique_ptr<Reader>& reader : readers_) threads_.emplace_back([this, &reader] { Run(*reader); });
}

ReaderPool::~ReaderPool() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

void ReaderPool::Post(Work work) {
  absl::MutexLock lock(&mutex_);
  waiting_.push_back(std::move(work));
}

void ReaderPool::Run(Reader& reader) {
  while (true) {
    std::vector<Work> batch = TakeBatch();
    if (batch.empty()) return;
    reader.BeginSnapshot();
    for (Work& work : batch) work(reader);
    reader.EndSnapshot();
  }
}

std::vector<ReaderPool::Work> ReaderPool::TakeBatch() {
  absl::MutexLock lock(&mutex_);
  const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_ || !waiting_.empty(); };
  mutex_.Await(absl::Condition(&ready));
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(kBatch, waiting_.size()));
  std::vector<Work> batch(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return batch;
}

}  // namespace jiebang::store::sqlite
