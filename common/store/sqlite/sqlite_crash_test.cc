// What was acknowledged survives kill -9, and nothing is half there.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "common/async/thread_executor.h"
#include "common/store/conformance/crash.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

constexpr int kWriters = 4;

struct Acknowledgement {
  int writer;
  int step;
};

// The life of the child: writes until it is killed, and says in the pipe what was acknowledged.
[[noreturn]] void WriteForever(const std::filesystem::path& file, const std::vector<int>& next, int pipe_end) {
  const absl::StatusOr<std::unique_ptr<Store>> store = OpenSqliteStore(file);
  if (!store.ok()) _exit(2);
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      ThreadExecutor executor;
      for (int step = next[static_cast<std::size_t>(writer)];; ++step) {
        const Acknowledgement done{writer, step};
        if (!executor.RunUntilDone((*store)->Apply(CrashStep(writer, step))).ok()) _exit(3);
        if (write(pipe_end, &done, sizeof(done)) != sizeof(done)) _exit(4);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  _exit(5);
}

// Lets a child write until it has acknowledged `enough` steps, kills it, and gives the last acknowledged step of each
// writer.
std::vector<int> WriteAndKill(const std::filesystem::path& file, const std::vector<int>& next, int enough) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    WriteForever(file, next, ends[1]);
  }
  close(ends[1]);

  std::vector<int> acknowledged;
  for (const int step : next) acknowledged.push_back(step - 1);
  int count = 0;
  Acknowledgement done;
  // What it had written to the pipe before it died is still read after.
  while (read(ends[0], &done, sizeof(done)) == sizeof(done)) {
    acknowledged[static_cast<std::size_t>(done.writer)] = done.step;
    if (++count == enough) kill(child, SIGKILL);
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
  return acknowledged;
}

TEST(SqliteCrash, KeepsEveryAcknowledgedCommitWhole) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "store.db";
  std::vector<int> next(kWriters, 0);
  for (int round = 0; round < 6; ++round) {
    // No thread of ours may live while it forks.
    const std::vector<int> acknowledged = WriteAndKill(file, next, static_cast<int>(random() % 300) + 1);
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Store> store, OpenSqliteStore(file));
    ThreadExecutor executor;
    next = ExpectWholeSteps(*store, executor, acknowledged);
  }
}

}  // namespace
}  // namespace jiebang::store
