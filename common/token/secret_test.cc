#include "common/token/secret.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::token {
namespace {

using std::filesystem::perms;
using testing::MatchesRegex;

class ReadOrCreateSecretTest : public testing::Test {
 protected:
  std::filesystem::path PathOf(const std::string& name) const {
    return std::filesystem::path(directory_.path()) / name;
  }
  std::filesystem::path Written(const std::string& content) const {
    std::ofstream(PathOf("secret")) << content;
    return PathOf("secret");
  }

 private:
  TemporaryDirectory directory_;
};

TEST_F(ReadOrCreateSecretTest, MakesOneThatOnlyTheOwnerReads) {
  ASSERT_OK_AND_ASSIGN(const std::string secret, ReadOrCreateSecret(PathOf("secret")));
  EXPECT_THAT(secret, MatchesRegex("[0-9a-f]{64}"));
  EXPECT_EQ(std::filesystem::status(PathOf("secret")).permissions(), perms::owner_read | perms::owner_write);
  EXPECT_THAT(ReadOrCreateSecret(PathOf("other")), testing::Not(IsOkAndHolds(secret)));
}

TEST_F(ReadOrCreateSecretTest, LeavesNoDraftBehind) {
  ASSERT_THAT(ReadOrCreateSecret(PathOf("secret")), IsOk());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(PathOf("")), {}), 1);
}

TEST_F(ReadOrCreateSecretTest, ReadsItAgain) {
  ASSERT_OK_AND_ASSIGN(const std::string secret, ReadOrCreateSecret(PathOf("secret")));
  EXPECT_THAT(ReadOrCreateSecret(PathOf("secret")), IsOkAndHolds(secret));
}

TEST_F(ReadOrCreateSecretTest, TakesWhatSomebodyWroteWithoutTheWhiteSpace) {
  const std::string secret(32, 'x');
  EXPECT_THAT(ReadOrCreateSecret(Written(secret + "\r\n")), IsOkAndHolds(secret));
}

TEST_F(ReadOrCreateSecretTest, RefusesShortAndUnreadableOnes) {
  EXPECT_THAT(ReadOrCreateSecret(Written(std::string(31, 'x') + "\n")),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "SECRET_TOO_SHORT"));
  EXPECT_THAT(ReadOrCreateSecret(Written("")), IsRefusal(absl::StatusCode::kFailedPrecondition, "SECRET_TOO_SHORT"));
  EXPECT_THAT(ReadOrCreateSecret(PathOf("no/such/folder")),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "SECRET_FILE_UNUSABLE"));
  EXPECT_THAT(ReadOrCreateSecret(PathOf("")), IsRefusal(absl::StatusCode::kFailedPrecondition, "SECRET_FILE_UNUSABLE"));
}

TEST_F(ReadOrCreateSecretTest, GivesTheSameToAllWhoStartTogether) {
  std::vector<std::string> secrets(16);
  std::vector<std::thread> threads;
  for (std::string& secret : secrets) {
    threads.emplace_back([&] { secret = ReadOrCreateSecret(PathOf("secret")).value_or("none"); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::set<std::string>(secrets.begin(), secrets.end()).size(), 1U);
  EXPECT_THAT(secrets.front(), MatchesRegex("[0-9a-f]{64}"));
}

}  // namespace
}  // namespace jiebang::token
