#include "common/journal/refusal_collector.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/journal/refusals.h"

namespace jiebang::journal {
namespace {

std::string Rfc3339(absl::Time time) { return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone()); }

// Who is slowed down when it is refused too often.
std::string CallerOf(const v1::Event& refusal) {
  if (!refusal.on_behalf_of().empty()) return absl::StrCat("of ", refusal.on_behalf_of());
  if (!refusal.actor().empty()) return absl::StrCat("of ", refusal.actor());
  return absl::StrCat("at ", refusal.source_address());
}

std::string Detail(const v1::Event& event, const std::string& name) {
  const auto found = event.details().find(name);
  return found == event.details().end() ? "" : found->second;
}

}  // namespace

bool RefusalCollector::Bucket::Spend(double each_second, double at_once, absl::Time now) {
  // A clock that was set back fills nothing.
  const double seconds = std::max(0.0, absl::ToDoubleSeconds(now - seen));
  content = std::min(at_once, content + seconds * each_second);
  seen = now;
  if (content < 1) return false;
  content -= 1;
  return true;
}

bool RefusalCollector::IsKept(const v1::Event& refusal, absl::Time now) {
  if (waiting_.size() >= limits_.waiting) return false;
  // Forgetting all is simple, and the limit of all callers still holds.
  if (callers_.size() >= limits_.callers) callers_.clear();
  const auto [caller, _] = callers_.try_emplace(CallerOf(refusal), Bucket{limits_.at_once_of_caller, now});
  // In this order: who is refused too often takes nothing from the others.
  return caller->second.Spend(limits_.each_second_of_caller, limits_.at_once_of_caller, now) &&
         all_.Spend(limits_.each_second, limits_.each_second, now);
}

void RefusalCollector::CountLocked(const v1::Event& refusal) {
  Alike alike(refusal.actor(), refusal.on_behalf_of(), refusal.source_address(), refusal.method(), refusal.result(),
              refusal.reason());
  if (counted_.size() >= limits_.counts && !counted_.contains(alike)) alike = Alike();
  Tally tally{.count = 1, .from = FromTimestamp(refusal.time()), .until = FromTimestamp(refusal.time())};
  if (refusal.type() == kCallsRefused) {
    std::string wrong;
    // Made by EventOf, so both can be read.
    static_cast<void>(absl::SimpleAtoi(Detail(refusal, "count"), &tally.count));
    static_cast<void>(absl::ParseTime(absl::RFC3339_full, Detail(refusal, "from"), &tally.from, &wrong));
  }
  const auto [kept, is_new] = counted_.try_emplace(std::move(alike), tally);
  if (is_new) return;
  kept->second.count += tally.count;
  kept->second.from = std::min(kept->second.from, tally.from);
  kept->second.until = std::max(kept->second.until, tally.until);
}

void RefusalCollector::Add(v1::Event refusal, absl::Time now) {
  const absl::MutexLock lock(&mutex_);
  if (IsKept(refusal, now)) {
    waiting_.push_back(std::move(refusal));
  } else {
    CountLocked(refusal);
  }
}

void RefusalCollector::Count(const std::vector<v1::Event>& refusals) {
  const absl::MutexLock lock(&mutex_);
  for (const v1::Event& refusal : refusals) CountLocked(refusal);
}

v1::Event RefusalCollector::EventOf(const Alike& alike, const Tally& tally) {
  v1::Event event;
  event.set_type(kCallsRefused);
  *event.mutable_time() = ToTimestamp(tally.until);
  event.set_actor(std::get<0>(alike));
  event.set_on_behalf_of(std::get<1>(alike));
  event.set_source_address(std::get<2>(alike));
  event.set_method(std::get<3>(alike));
  event.set_result(std::get<4>(alike));
  event.set_reason(std::get<5>(alike));
  (*event.mutable_details())["count"] = absl::StrCat(tally.count);
  (*event.mutable_details())["from"] = Rfc3339(tally.from);
  (*event.mutable_details())["until"] = Rfc3339(tally.until);
  return event;
}

std::vector<v1::Event> RefusalCollector::Take(std::size_t most, absl::Time now, Counts counts) {
  const absl::MutexLock lock(&mutex_);
  std::vector<v1::Event> taken;
  while (!waiting_.empty() && taken.size() < most) {
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  for (auto each = counted_.begin(); each != counted_.end() && taken.size() < most;) {
    if (counts == Counts::kAll || now - each->second.from >= limits_.counted_for) {
      taken.push_back(EventOf(each->first, each->second));
      each = counted_.erase(each);
    } else {
      ++each;
    }
  }
  return taken;
}

}  // namespace jiebang::journal
