// Many writers at once: no lost update, no double booking, no half-seen commit.
#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/store/conformance/conformance.h"
#include "common/testing/status_matchers.h"

namespace jiebang::store {
namespace {

constexpr char kUnit[] = "units/440000";

// Reads a counter and writes it one higher, until nobody was faster.
Task<absl::Status> Increment(Store& store) {
  while (true) {
    const Key key{"counters", kUnit, "c"};
    const absl::StatusOr<Record> counter = co_await store.Get(key);
    if (!counter.ok() && !absl::IsNotFound(counter.status())) co_return counter.status();
    int count = 0;
    if (counter.ok() && !absl::SimpleAtoi(counter->value, &count)) co_return absl::InternalError("no number");
    Commit commit{.partition = kUnit};
    commit.preconditions.push_back({"counters", "c", counter.ok() ? counter->version : 0});
    commit.puts.push_back({"counters", "c", absl::StrCat(count + 1)});
    absl::Status applied = co_await store.Apply(std::move(commit));
    if (!absl::IsAborted(applied)) co_return applied;
  }
}

TEST_P(Conformance, LosesNoIncrementOfOneRecord) {
  constexpr int kThreads = 8;
  constexpr int kIncrements = 50;
  OnThreads(kThreads, [&](int, ThreadExecutor& executor) {
    for (int i = 0; i < kIncrements; ++i) ASSERT_THAT(executor.RunUntilDone(Increment(store())), IsOk());
  });
  EXPECT_THAT(Get({"counters", kUnit, "c"}),
              IsOkAndHolds(IsRecord("c", kThreads * kIncrements, absl::StrCat(kThreads * kIncrements))));
}

TEST_P(Conformance, NeverGivesOneSeatToTwo) {
  constexpr int kThreads = 8;
  constexpr int kSeats = 50;
  std::vector<std::atomic<int>> winners(kSeats);
  OnThreads(kThreads, [&](int thread, ThreadExecutor& executor) {
    for (int seat = 0; seat < kSeats; ++seat) {
      const std::string id = absl::StrCat(seat);
      const absl::Status taken = executor.RunUntilDone(store().Apply({.partition = kUnit,
                                                                      .preconditions = {{"seats", id, 0}},
                                                                      .puts = {{"seats", id, absl::StrCat(thread)}},
                                                                      .events = {{"seat.taken", id, ""}}}));
      if (taken.ok()) {
        ++winners[seat];
      } else {
        ASSERT_THAT(taken, StatusIs(absl::StatusCode::kAborted));
      }
    }
  });
  for (int seat = 0; seat < kSeats; ++seat) {
    EXPECT_EQ(winners[seat], 1) << seat;
    EXPECT_THAT(Get({"seats", kUnit, absl::StrCat(seat)}), IsOkAndHolds(testing::Field(&Record::version, 1)));
  }
  EXPECT_EQ(Head(ShardOf(kUnit)), kSeats);
}

TEST_P(Conformance, AppliesARequestOnceHoweverManyRepeatItAtOnce) {
  constexpr int kThreads = 8;
  constexpr int kRequests = 30;
  std::vector<std::atomic<int>> applied(kRequests);
  OnThreads(kThreads, [&](int thread, ThreadExecutor& executor) {
    for (int request = 0; request < kRequests; ++request) {
      const std::string key = absl::StrCat("request ", request);
      const std::string answer = absl::StrCat("answer to ", thread);
      const absl::Status status = executor.RunUntilDone(
          store().Apply({.partition = kUnit, .puts = {{"orders", key, answer}}, .replay = Replay{key, "", answer}}));
      if (status.ok()) {
        ++applied[request];
      } else {
        ASSERT_THAT(status, StatusIs(absl::StatusCode::kAlreadyExists));
      }
      // Whoever applied it, its answer is there for all of them.
      const absl::StatusOr<Replay> replay = executor.RunUntilDone(store().FindReplay(kUnit, key));
      const absl::StatusOr<Record> order = executor.RunUntilDone(store().Get({"orders", kUnit, key}));
      ASSERT_THAT(replay, IsOk());
      ASSERT_THAT(order, IsOkAndHolds(IsRecord(key, 1, replay->answer)));
    }
  });
  for (int request = 0; request < kRequests; ++request) EXPECT_EQ(applied[request], 1) << request;
}

// One point lies with one of two holders; of those who hold none, the last one is recorded. Each move changes, adds and
// deletes; whoever scans must always see two records that hold one point together.
TEST_P(Conformance, ShowsNoHalfOfACommitToAScan) {
  constexpr int kMoves = 300;
  const auto move = [](bool there) {
    return Commit{.partition = kUnit,
                  .puts = {{"points", "a", there ? "0" : "1"}, {"points", there ? "c" : "b", there ? "1" : "0"}},
                  .deletes = {{"points", there ? "b" : "c"}}};
  };
  ASSERT_THAT(Apply(move(false)), IsOk());
  std::atomic<bool> finished = false;
  OnThreads(3, [&](int thread, ThreadExecutor& executor) {
    if (thread == 0) {
      for (int i = 0; i < kMoves; ++i) EXPECT_THAT(executor.RunUntilDone(store().Apply(move(i % 2 == 0))), IsOk());
      finished = true;
      return;
    }
    while (!finished) {
      const absl::StatusOr<Page> page = executor.RunUntilDone(store().Scan("points", kUnit, "", "", 10));
      ASSERT_THAT(page, IsOk());
      ASSERT_EQ(page->records.size(), 2);
      ASSERT_NE(page->records[0].value, page->records[1].value);
    }
  });
}

}  // namespace
}  // namespace jiebang::store
