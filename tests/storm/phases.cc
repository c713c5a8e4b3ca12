#include "tests/storm/phases.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace jiebang::storm {
namespace {

constexpr int kInFlightToPrepare = 48;
constexpr absl::Duration kPreparation = absl::Minutes(10);
constexpr absl::Duration kPause = absl::Milliseconds(1);
constexpr absl::Duration kSettling = absl::Seconds(30);

}  // namespace

Crowd::Crowd(int enterprises, int drafters) : drafters_(drafters) {
  for (int i = drafters; i < enterprises; ++i) to_file_.push_back(i);
}

Crowd::Next Crowd::Draw() {
  const int die = static_cast<int>(random_() % 100);
  const int somebody = static_cast<int>(random_() % drafters_);
  if (die < 50) return {Kind::kRead, somebody};
  if (die < 84) return {Kind::kDraft, somebody};
  if (to_file_.empty()) {
    ++ran_out_;
    return {Kind::kRead, somebody};
  }
  const int next = to_file_.front();
  to_file_.pop_front();
  return {Kind::kSubmission, next};
}

void Crowd::Ended(Kind kind, int enterprise, Fate fate) {
  if (kind != Kind::kSubmission) return;
  switch (fate) {
    case Fate::kAccepted:
      accepted_.push_back(enterprise);
      return;
    case Fate::kRefusedWithHint:
      to_file_.push_back(enterprise);
      return;
    case Fate::kNeither:
      unclear_.push_back(enterprise);
      return;
  }
}

double Phase::accepted_a_second() const {
  int accepted = 0;
  for (const Tally& tally : tallies) accepted += tally.accepted;
  return accepted / absl::ToDoubleSeconds(length);
}

absl::Status EverybodyDoes(Kind kind, int enterprises, Traffic& traffic) {
  const absl::Time last_moment = absl::Now() + kPreparation;
  std::deque<int> waiting;
  for (int i = 0; i < enterprises; ++i) waiting.push_back(i);
  while (!waiting.empty() || traffic.under_way() > 0) {
    if (absl::Now() > last_moment) return absl::DeadlineExceededError(absl::StrCat(ToString(kind), " took too long"));
    for (; !waiting.empty() && traffic.under_way() < kInFlightToPrepare; waiting.pop_front()) {
      traffic.Begin(kind, waiting.front());
    }
    traffic.TakeEnded(absl::InfiniteFuture(), [&waiting](Kind, int enterprise, Fate fate) {
      if (fate != Fate::kAccepted) waiting.push_back(enterprise);
    });
  }
  return absl::OkStatus();
}

Phase ClosedLoop(Traffic& traffic, Crowd& crowd, int in_flight, absl::Duration length) {
  traffic.TakeTallies();
  const absl::Time begin = absl::Now();
  Phase phase{.length = length};
  phase.accepted_per_second.resize(static_cast<std::size_t>(absl::ToDoubleSeconds(length)));
  for (absl::Time now = begin; now < begin + length; now = absl::Now()) {
    while (traffic.under_way() < in_flight) {
      const Crowd::Next next = crowd.Draw();
      traffic.Begin(next.kind, next.enterprise);
    }
    traffic.TakeEnded(begin + length, [&](Kind kind, int enterprise, Fate fate) {
      crowd.Ended(kind, enterprise, fate);
      const auto second = static_cast<std::size_t>(absl::ToDoubleSeconds(absl::Now() - begin));
      if (fate == Fate::kAccepted && second < phase.accepted_per_second.size()) ++phase.accepted_per_second[second];
    });
  }
  phase.tallies = traffic.TakeTallies();
  return phase;
}

Phase OpenLoop(Traffic& traffic, Crowd& crowd, double calls_a_second, int most, absl::Duration length) {
  traffic.TakeTallies();
  const absl::Time begin = absl::Now();
  Phase phase{.length = length};
  double due_until_now = 0;
  const auto ended = [&crowd](Kind kind, int enterprise, Fate fate) { crowd.Ended(kind, enterprise, fate); };
  for (absl::Time now = begin; now < begin + length; now = absl::Now()) {
    for (const double due = absl::ToDoubleSeconds(now - begin) * calls_a_second; due_until_now < due; ++due_until_now) {
      if (traffic.under_way() >= most) {
        ++phase.not_begun;
        continue;
      }
      const Crowd::Next next = crowd.Draw();
      traffic.Begin(next.kind, next.enterprise);
    }
    traffic.TakeEnded(now + kPause, ended);
    if (traffic.under_way() == 0) absl::SleepFor(kPause);
  }
  // What is under way belongs to the storm, too.
  while (traffic.under_way() > 0) traffic.TakeEnded(absl::InfiniteFuture(), ended);
  phase.tallies = traffic.TakeTallies();
  return phase;
}

int Settle(Traffic& traffic, const std::vector<int>& unclear) {
  const absl::Time last_moment = absl::Now() + kSettling;
  std::deque<int> open(unclear.begin(), unclear.end());
  while ((!open.empty() && absl::Now() < last_moment) || traffic.under_way() > 0) {
    for (; !open.empty() && traffic.under_way() < kInFlightToPrepare; open.pop_front()) {
      traffic.Begin(Kind::kSubmission, open.front());
    }
    traffic.TakeEnded(absl::InfiniteFuture(), [&open](Kind, int enterprise, Fate fate) {
      if (fate != Fate::kAccepted) open.push_back(enterprise);
    });
  }
  return static_cast<int>(open.size());
}

}  // namespace jiebang::storm
