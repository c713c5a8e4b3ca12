#include "common/store/redis/sentinels.h"

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::redis {
namespace {

using testing::Field;
using testing::HasSubstr;

const SentinelView kBefore{.primary = {.host = "old", .port = 1}, .epoch = 3};
const SentinelView kAfter{.primary = {.host = "new", .port = 2}, .epoch = 4};

auto HasPrimary(const SentinelView& view) { return Field(&SentinelView::primary, view.primary); }

TEST(Believe, TakesTheLatestFailoverThatAMajorityOfSentinelsCanKnowOf) {
  EXPECT_THAT(Believe({kBefore, kBefore, kBefore}, 0), IsOkAndHolds(HasPrimary(kBefore)));
  EXPECT_THAT(Believe({kBefore, kAfter, kBefore}, 0), IsOkAndHolds(HasPrimary(kAfter)));
  EXPECT_THAT(Believe({std::nullopt, kAfter, kBefore}, 3), IsOkAndHolds(HasPrimary(kAfter)));
}

TEST(Believe, DoesNotTakeTheWordOfAMinority) {
  EXPECT_THAT(Believe({kBefore, std::nullopt, std::nullopt}, 0),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("1 of 3 answer")));
  EXPECT_THAT(Believe({kBefore, kBefore, std::nullopt, std::nullopt}, 0), StatusIs(absl::StatusCode::kUnavailable))
      << "half is no majority";
}

TEST(Believe, NeverGoesBackBehindAFailoverThatItHasSeen) {
  EXPECT_THAT(Believe({kBefore, kBefore, std::nullopt}, 4),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("there was 4 already")));
}

TEST(ToSentinelView, ReadsTheAnswerOfASentinel) {
  Reply reply{.type = Reply::Type::kArray};
  for (const char* const text : {"name", "jiebang", "ip", "new", "port", "2", "config-epoch", "4"}) {
    reply.elements.push_back({.type = Reply::Type::kText, .text = text});
  }
  EXPECT_THAT(ToSentinelView(reply), IsOkAndHolds(testing::AllOf(HasPrimary(kAfter), Field(&SentinelView::epoch, 4))));
  reply.elements.resize(6);
  EXPECT_THAT(ToSentinelView(reply), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace jiebang::store::redis
