#include "common/store/open.h"

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class OpenTest : public testing::Test {
 protected:
  void ExpectItWorks(const std::string& location) {
    SCOPED_TRACE(location);
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Store> store, Open(location, warn_));
    EXPECT_THAT(executor_.RunUntilDone(store->Apply({.partition = "p", .puts = {{"t", "a", "1"}}})), IsOk());
    EXPECT_THAT(executor_.RunUntilDone(store->Get({"t", "p", "a"})), IsOk());
  }

  TemporaryDirectory directory_;
  ThreadExecutor executor_;
  std::vector<std::string> warnings_;
  Warn warn_ = [this](const std::string& warning) { warnings_.push_back(warning); };
};

TEST_F(OpenTest, OpensAFile) { ExpectItWorks(absl::StrCat("sqlite:", directory_.path().string(), "/store.db")); }

TEST_F(OpenTest, OpensAServer) {
  const RedisServer server;
  ExpectItWorks(absl::StrCat("redis://127.0.0.1:", server.port(), "/quota"));
  ExpectItWorks(absl::StrCat("redis+unix:", server.unix_socket(), "?prefix=quota"));
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(OpenTest, SignsInWithThePasswordOfAFile) {
  const RedisServer server;
  server.RunCommand({"ACL", "SETUSER", "quota", "on", ">secret", "~{quota:*", "+@all"});
  const std::string file = (directory_.path() / "password").string();
  std::ofstream(file) << "secret\n";
  ExpectItWorks(absl::StrCat("redis://quota@127.0.0.1:", server.port(), "/quota?password_file=", file));
  std::ofstream(file) << "guess\n";
  EXPECT_THAT(Open(absl::StrCat("redis://quota@127.0.0.1:", server.port(), "/quota?password_file=", file)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("WRONGPASS")));
  EXPECT_THAT(Open("redis://quota@127.0.0.1/quota?password_file=/nowhere"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("/nowhere")));
}

TEST_F(OpenTest, SaysWhatIsWrongWithALocation) {
  EXPECT_THAT(Open("mysql://host"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("mysql://host")));
}

}  // namespace
}  // namespace jiebang::store
