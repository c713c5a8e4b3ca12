#include "common/testing/status_matchers.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using testing::_;
using testing::Eq;
using testing::HasSubstr;
using testing::Not;
using testing::Pointee;

TEST(StatusIs, ComparesTheCodeAndTheMessage) {
  const absl::Status status = absl::NotFoundError("no such seat");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, HasSubstr("seat")));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, "no such seat"));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kNotFound, HasSubstr("quota"))));
  EXPECT_THAT(status, Not(StatusIs(absl::StatusCode::kAborted)));
  EXPECT_THAT(status, Not(IsOk()));
}

TEST(StatusIs, TakesStatusOr) {
  EXPECT_THAT(absl::StatusOr<int>(absl::AbortedError("")), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(absl::StatusOr<int>(3), IsOk());
}

TEST(IsOkAndHolds, TakesAValueOrAMatcher) {
  EXPECT_THAT(absl::StatusOr<int>(3), IsOkAndHolds(3));
  EXPECT_THAT(absl::StatusOr<int>(3), Not(IsOkAndHolds(4)));
  EXPECT_THAT(absl::StatusOr<std::string>("seat"), IsOkAndHolds("seat"));
  EXPECT_THAT(absl::StatusOr<std::string>("seat"), IsOkAndHolds(HasSubstr("ea")));
  EXPECT_THAT(absl::StatusOr<std::unique_ptr<int>>(std::make_unique<int>(3)), IsOkAndHolds(Pointee(Eq(3))));
  EXPECT_THAT(absl::StatusOr<int>(absl::AbortedError("")), Not(IsOkAndHolds(_)));
}

TEST(IsOkAndHolds, SaysWhatItGotInstead) {
  testing::StringMatchResultListener listener;
  const testing::Matcher<absl::StatusOr<int>> matcher = IsOkAndHolds(3);
  EXPECT_FALSE(matcher.MatchAndExplain(absl::AbortedError("somebody was faster"), &listener));
  EXPECT_THAT(listener.str(), HasSubstr("somebody was faster"));
}

TEST(AssertOkAndAssign, DeclaresItsTarget) {
  ASSERT_OK_AND_ASSIGN(const int value, absl::StatusOr<int>(3));
  ASSERT_OK_AND_ASSIGN(const auto pointer, absl::StatusOr<std::unique_ptr<int>>(std::make_unique<int>(value)));
  EXPECT_THAT(pointer, Pointee(3));
}

}  // namespace
}  // namespace jiebang
