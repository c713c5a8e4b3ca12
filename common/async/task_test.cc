#include "common/async/task.h"

#include <memory>
#include <thread>

#include "common/async/thread_executor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

Task<int> Answer() { co_return 42; }
Task<int> Twice(Task<int> inner) { co_return 2 * co_await std::move(inner); }

TEST(Task, GivesTheValueOfItsInnermostCoroutine) {
  ThreadExecutor executor;
  EXPECT_EQ(executor.RunUntilDone(Twice(Answer())), 84);
}

TEST(Task, CarriesMoveOnlyValues) {
  ThreadExecutor executor;
  const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(7); };
  EXPECT_THAT(executor.RunUntilDone(make()), testing::Pointee(7));
}

TEST(Task, DestroysItsFrameWhenItNeverStarted) {
  const auto held = std::make_shared<int>(1);
  {
    const auto hold = [](std::shared_ptr<int> value) -> Task<int> { co_return *value; };
    const Task<int> never_started = hold(held);
    EXPECT_EQ(held.use_count(), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Suspend, ComesBackToItsHomeThreadFromAnyOther) {
  ThreadExecutor executor;
  const auto hop = []() -> Task<bool> {
    const auto before = std::this_thread::get_id();
    std::thread other;
    const int value = co_await Suspend<int>(
        [&other](Resume<int> resume) { other = std::thread([resume = std::move(resume)]() mutable { resume(5); }); });
    other.join();
    co_return value == 5 && std::this_thread::get_id() == before;
  };
  EXPECT_TRUE(executor.RunUntilDone(hop()));
}

TEST(Suspend, MayBeResumedBeforeItHasSuspended) {
  ThreadExecutor executor;
  const auto immediate = []() -> Task<int> { co_return co_await Suspend<int>([](Resume<int> resume) { resume(3); }); };
  EXPECT_EQ(executor.RunUntilDone(immediate()), 3);
}

TEST(Home, IsTheExecutorThatRunsTheTask) {
  ThreadExecutor executor;
  const auto home = []() -> Task<Executor*> { co_return &co_await Home(); };
  EXPECT_EQ(executor.RunUntilDone(home()), &executor);
}

TEST(Sleep, EndsAtOnceWhenTheExecutorStops) {
  bool woke = false;
  {
    ThreadExecutor executor;
    const auto doze = [](bool& woken) -> Task<void> {
      co_await Sleep(absl::Hours(1));
      woken = true;
    };
    executor.Post([&] { Spawn(executor, doze(woke)); });
    while (!executor.RunUntilDone([]() -> Task<bool> { co_return true; }())) {
    }
  }
  EXPECT_TRUE(woke);
}

}  // namespace
}  // namespace jiebang
