#include "common/testing/error_matchers.h"

#include <string>

#include "common/errors/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using testing::HasSubstr;
using testing::Not;

absl::Status Refused() {
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "RULES_VIOLATED",
      .fields = {{"title", "too long"}},
      .preconditions = {{"第三条", "applicants/x", "holds a title already"}},
      .quotas = {{"units/320000", "none left"}},
  }
      .ToStatus();
}

TEST(IsRefusal, ComparesTheCodeAndTheReason) {
  EXPECT_THAT(Refused(), IsRefusal(absl::StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
  EXPECT_THAT(absl::StatusOr<int>(Refused()), IsRefusal(absl::StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
  EXPECT_THAT(Refused(), Not(IsRefusal(absl::StatusCode::kAborted, "RULES_VIOLATED")));
  EXPECT_THAT(Refused(), Not(IsRefusal(absl::StatusCode::kFailedPrecondition, "RULES")));
  EXPECT_THAT(absl::OkStatus(), Not(IsRefusal(absl::StatusCode::kOk, "RULES_VIOLATED")));
}

TEST(HasViolation, LooksAtFieldsPreconditionsAndQuotas) {
  EXPECT_THAT(Refused(), HasViolation("title", "long"));
  EXPECT_THAT(Refused(), HasViolation("applicants/x", "第三条"));
  EXPECT_THAT(Refused(), HasViolation("applicants/x", "already"));
  EXPECT_THAT(absl::StatusOr<int>(Refused()), HasViolation("units/320000", "none left"));
  EXPECT_THAT(Refused(), Not(HasViolation("title", "第三条")));
  EXPECT_THAT(Refused(), Not(HasViolation("applicants", "第三条")));
  EXPECT_THAT(absl::InternalError("title"), Not(HasViolation("title", "")));
}

TEST(HasViolation, SaysWhatItGotInstead) {
  testing::StringMatchResultListener listener;
  const testing::Matcher<absl::Status> matcher = HasViolation("name", "");
  EXPECT_FALSE(matcher.MatchAndExplain(Refused(), &listener));
  EXPECT_THAT(listener.str(), HasSubstr("RULES_VIOLATED"));
  EXPECT_THAT(listener.str(), HasSubstr("title — too long"));
}

}  // namespace
}  // namespace jiebang
