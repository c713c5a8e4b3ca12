// Refusals on their way into a journal. They come as fast as somebody likes to be refused, so what is kept is bounded,
// in memory as on the disk: what goes beyond is counted.
#ifndef JIEBANG_COMMON_JOURNAL_REFUSAL_COLLECTOR_H_
#define JIEBANG_COMMON_JOURNAL_REFUSAL_COLLECTOR_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {

// What is kept singly. A caller is who is acted for, or without credentials an address.
struct RefusalLimits {
  double each_second = 200;  // of all callers together; as many at once
  double each_second_of_caller = 5;
  double at_once_of_caller = 100;
  std::size_t waiting = 10'000;  // some 20 MB
  std::size_t callers = 10'000;  // whose rates are known
  std::size_t counts = 100;      // kept apart; further ones are one together
  absl::Duration counted_for = absl::Seconds(10);
};

// Thread-safe, never blocks for long.
class RefusalCollector {
 public:
  explicit RefusalCollector(RefusalLimits limits = {}) : limits_(limits) {}

  // `refusal`: of the type call.refused. Kept, or counted where it goes beyond the limits.
  void Add(v1::Event refusal, absl::Time now);

  // Counts what was taken and could not be brought to its journal, singly or counted.
  void Count(const std::vector<v1::Event>& refusals);

  enum class Counts { kDue, kAll };

  // At most `most` events in their order: those that were kept, then what was counted, as events of the type
  // calls.refused with `count`, `from` and `until` in their details; kDue: once that goes on for `counted_for`. What is
  // given is forgotten here.
  std::vector<v1::Event> Take(std::size_t most, absl::Time now, Counts counts);

 private:
  // Fills up at a rate, to a brim.
  struct Bucket {
    double content;
    absl::Time seen;

    bool Spend(double each_second, double at_once, absl::Time now);
  };

  // Refused alike: actor, on_behalf_of, source_address, method, result, reason.
  using Alike = std::tuple<std::string, std::string, std::string, std::string, int, std::string>;

  struct Tally {
    std::int64_t count = 0;
    absl::Time from;
    absl::Time until;
  };

  bool IsKept(const v1::Event& refusal, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CountLocked(const v1::Event& refusal) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static v1::Event EventOf(const Alike& alike, const Tally& tally);

  const RefusalLimits limits_;
  absl::Mutex mutex_;
  std::deque<v1::Event> waiting_ ABSL_GUARDED_BY(mutex_);
  Bucket all_ ABSL_GUARDED_BY(mutex_){limits_.each_second, absl::InfinitePast()};
  absl::flat_hash_map<std::string, Bucket> callers_ ABSL_GUARDED_BY(mutex_);
  std::map<Alike, Tally> counted_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_REFUSAL_COLLECTOR_H_
