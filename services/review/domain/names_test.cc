#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/review/domain/assignment_name.h"
#include "services/review/domain/expert_name.h"
#include "services/review/domain/round_name.h"

namespace jiebang::review {
namespace {

constexpr char kRound[] = "programmes/p/tracks/t/rounds/r";

TEST(Names, ComeBackAsTheyWere) {
  for (const std::string name : {"experts/e-1"}) EXPECT_EQ(ExpertName::Parse(name)->ToString(), name);
  for (const std::string name : {"programmes/p/tracks/t"}) EXPECT_EQ(TrackName::Parse(name)->ToString(), name);
  EXPECT_EQ(RoundName::Parse(kRound)->ToString(), kRound);
  for (const std::string expert : {"e", "-"}) {
    const std::string name = std::string(kRound) + "/experts/" + expert;
    EXPECT_EQ(ReviewerName::Parse(name)->ToString(), name);
  }
  const std::string assignment = std::string(kRound) + "/experts/e/assignments/320000-001";
  EXPECT_EQ(AssignmentName::Parse(assignment)->ToString(), assignment);
}

TEST(Names, ListsOfATrackAreThoseOfAllUnits) {
  EXPECT_EQ(TrackName::Parse("programmes/p/tracks/t")->ListsOfAllUnits(), "programmes/p/units/-/tracks/t");
}

TEST(Names, WildcardIsNobody) {
  EXPECT_THAT(ExpertName::Parse("experts/-"), IsRefusal(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"));
  EXPECT_THAT(RoundName::Parse("programmes/p/tracks/t/rounds/-"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"));
  EXPECT_THAT(AssignmentName::Parse("programmes/p/tracks/t/rounds/r/experts/-/assignments/a"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"));
}

TEST(Names, AssignmentEndsWithExactlyOneId) {
  for (const std::string end :
       {"", "/assignments", "/assignments/", "/assignments/a/b", "/assignments/a/assignments/b"}) {
    EXPECT_THAT(AssignmentName::Parse(std::string(kRound) + "/experts/e" + end),
                IsRefusal(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"))
        << end;
  }
}

TEST(Names, CandidateOfAUnitWithALongId) {
  const std::string candidate = std::string(63, 'u') + "-001";
  const auto name = AssignmentName::Parse(std::string(kRound) + "/experts/e/assignments/" + candidate);
  ASSERT_THAT(name, IsOk());
  EXPECT_EQ(name->candidate, candidate);
}

TEST(Names, ChosenIds) {
  for (const std::string id : {"a", "0", "a-b", "--", "0123456789abcdef-"}) EXPECT_TRUE(IsChosenId(id)) << id;
  for (const std::string id : {"", "-", "A", "a.b", "a_b", "a/b", "专家"}) EXPECT_FALSE(IsChosenId(id)) << id;
  EXPECT_TRUE(IsChosenId(std::string(63, 'a')));
  EXPECT_FALSE(IsChosenId(std::string(64, 'a')));
}

}  // namespace
}  // namespace jiebang::review
