#include "common/store/backup/copy_ahead.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/status/status_macros.h"

namespace jiebang::store::backup {
namespace {

// Handed over together, because each hand-over costs more than an item.
struct Batch {
  static constexpr std::size_t kBytes = 1 << 20;
  static constexpr std::size_t kItems = 1'000;

  std::vector<Item> items;
  std::size_t bytes = 0;

  bool is_full() const { return bytes >= kBytes || items.size() >= kItems; }
};

// What is long in an item.
struct LongBytes {
  std::size_t operator()(const ServiceStart&) const { return 0; }
  std::size_t operator()(const StoredRecord& record) const { return record.value.size(); }
  std::size_t operator()(const StoredReplay& replay) const { return replay.replay.answer.size(); }
  std::size_t operator()(const JournalStart&) const { return 0; }
  std::size_t operator()(const StoredEntry& entry) const { return entry.entry.event.payload.size(); }
};

class BatchQueue {
 public:
  // Blocks while the queue is full. False: nobody takes any more.
  bool Push(Batch batch) {
    absl::MutexLock lock(&mutex_);
    const auto has_room = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return batches_.size() < kBatches || abandoned_;
    };
    mutex_.Await(absl::Condition(&has_room));
    if (abandoned_) return false;
    batches_.push_back(std::move(batch));
    return true;
  }

  // Blocks while the queue is empty. nullopt: it was closed, and nothing is left.
  std::optional<Batch> Pop() {
    absl::MutexLock lock(&mutex_);
    const auto has_some = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !batches_.empty() || closed_; };
    mutex_.Await(absl::Condition(&has_some));
    if (batches_.empty()) return std::nullopt;
    Batch batch = std::move(batches_.front());
    batches_.pop_front();
    return batch;
  }

  void Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }

  void Abandon() {
    absl::MutexLock lock(&mutex_);
    abandoned_ = true;
  }

 private:
  static constexpr std::size_t kBatches = 16;

  absl::Mutex mutex_;
  std::deque<Batch> batches_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool abandoned_ ABSL_GUARDED_BY(mutex_) = false;
};

absl::Status PutAll(BatchQueue& queue, Sink& sink) {
  while (std::optional<Batch> batch = queue.Pop()) {
    for (const Item& item : batch->items) RETURN_IF_ERROR(sink.Put(item));
  }
  return absl::OkStatus();
}

// Comes back early when nobody takes any more.
absl::Status PushAll(Source& source, BatchQueue& queue) {
  Batch batch;
  while (true) {
    ASSIGN_OR_RETURN(std::optional<Item> item, source.Next());
    if (!item) break;
    batch.bytes += std::visit(LongBytes(), *item);
    batch.items.push_back(*std::move(item));
    if (batch.is_full() && !queue.Push(std::exchange(batch, Batch()))) return absl::OkStatus();
  }
  queue.Push(std::move(batch));
  return absl::OkStatus();
}

}  // namespace

absl::Status CopyAhead(Source& source, Sink& sink) {
  BatchQueue queue;
  absl::Status put;
  std::thread thread([&] {
    put = PutAll(queue, sink);
    queue.Abandon();
  });
  const absl::Status pushed = PushAll(source, queue);
  queue.Close();
  thread.join();
  RETURN_IF_ERROR(pushed);
  return put;
}

}  // namespace jiebang::store::backup
