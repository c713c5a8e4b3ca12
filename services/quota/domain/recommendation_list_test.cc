#include "services/quota/domain/recommendation_list.h"

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/quota/domain/list_name.h"

namespace jiebang::quota {
namespace {

using absl::StatusCode;
using application::v1::Application;
using testing::ElementsAre;
using v1::Recommendation;
using v1::RecommendationList;

const ListName kName{"pilot-demonstration-2023", "320000", "demonstration-factory"};
const absl::Time kLastMoment = absl::FromUnixSeconds(1'694'793'600);  // 2023-09-16 00:00 in Shanghai
const absl::Time kInTime = kLastMoment - absl::Nanoseconds(1);

ListTerms Terms(int limit) {
  ListTerms terms{.unit_display_name = "江苏省",
                  .last_moment = kLastMoment,
                  .deadline_clause = "工信厅联通装函〔2023〕212号 三（二）"};
  terms.quota.set_name(kName.QuotaName());
  terms.quota.set_limit(limit);
  terms.quota.set_clause("工信厅联通装函〔2023〕212号 三（四）");
  return terms;
}

std::string NameOf(const std::string& id) {
  return absl::StrCat("programmes/pilot-demonstration-2023/units/320000/applicants/91512081MA62K0260E/applications/",
                      id);
}

Application Filed(const std::string& id) {
  Application application;
  application.set_name(NameOf(id));
  application.set_state(Application::STATE_SUBMITTED);
  application.set_revision(1);
  application.set_title(id);
  return application;
}

// A list with these applications, all held.
RecommendationList ListOf(const std::vector<std::string>& ids) {
  RecommendationList list = NewList(kName);
  for (const std::string& id : ids) {
    list = Held(*Recommend(std::move(list), Terms(99), Filed(id), kInTime), NameOf(id));
  }
  return list;
}

std::vector<std::string> Order(const RecommendationList& list) {
  std::vector<std::string> order;
  for (const auto& one : list.recommendations()) order.push_back(absl::StrCat(one.rank(), " ", one.title()));
  return order;
}

TEST(RecommendTest, PutsTheApplicationAtTheEndWithItsHoldBeingTaken) {
  ASSERT_OK_AND_ASSIGN(const auto list, Recommend(ListOf({"a", "b"}), Terms(3), Filed("c"), kInTime));

  EXPECT_THAT(Order(list), ElementsAre("1 a", "2 b", "3 c"));
  EXPECT_EQ(list.recommendations(2).state(), Recommendation::STATE_HOLDING);
  EXPECT_EQ(SeatsUsed(list), 3);
}

TEST(RecommendTest, RefusesTheOneTooManyAndSaysWhichClauseItRestsOn) {
  const auto refused = Recommend(ListOf({"a", "b"}), Terms(2), Filed("c"), kInTime);

  EXPECT_THAT(refused, IsRefusal(StatusCode::kResourceExhausted, "QUOTA_EXHAUSTED"));
  EXPECT_THAT(refused, HasViolation(kName.QuotaName(), "三（四）"));
  EXPECT_THAT(refused, HasViolation(kName.QuotaName(), "江苏省在本类别的推荐名额为2个，已全部使用（依据"));
}

TEST(RecommendTest, CountsASeatWhoseHoldIsBeingTakenAndNoneThatIsBeingGivenBack) {
  ASSERT_OK_AND_ASSIGN(const auto holding, Recommend(NewList(kName), Terms(1), Filed("a"), kInTime));
  EXPECT_THAT(Recommend(holding, Terms(1), Filed("b"), kInTime),
              IsRefusal(StatusCode::kResourceExhausted, "QUOTA_EXHAUSTED"));

  ASSERT_OK_AND_ASSIGN(const auto releasing, BeginRemoval(ListOf({"a"}), Terms(1), NameOf("a"), kInTime));
  EXPECT_THAT(Recommend(releasing, Terms(1), Filed("b"), kInTime), IsOk());
}

TEST(RecommendTest, RefusesWithoutASeatAtAll) {
  EXPECT_THAT(Recommend(NewList(kName), Terms(0), Filed("a"), kInTime),
              IsRefusal(StatusCode::kResourceExhausted, "QUOTA_EXHAUSTED"));
}

TEST(RecommendTest, RefusesWhatIsNotFiledOrListedAlready) {
  Application returned = Filed("a");
  returned.set_state(Application::STATE_RETURNED);
  EXPECT_THAT(Recommend(NewList(kName), Terms(3), returned, kInTime),
              IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_NOT_SUBMITTED"));
  EXPECT_THAT(Recommend(ListOf({"a"}), Terms(3), Filed("a"), kInTime),
              IsRefusal(StatusCode::kAlreadyExists, "ALREADY_RECOMMENDED"));
}

// 2023年9月15日前 means the whole of that day.
TEST(DeadlineTest, TheLastMomentOfTheDayIsInTimeAndTheNextIsNot) {
  const auto list = ListOf({"a", "b"});
  const auto late = IsRefusal(StatusCode::kFailedPrecondition, "DEADLINE_PASSED");

  EXPECT_THAT(Recommend(list, Terms(3), Filed("c"), kInTime), IsOk());
  EXPECT_THAT(Recommend(list, Terms(3), Filed("c"), kLastMoment), late);
  EXPECT_THAT(BeginRemoval(list, Terms(3), NameOf("a"), kInTime), IsOk());
  EXPECT_THAT(BeginRemoval(list, Terms(3), NameOf("a"), kLastMoment), late);
  EXPECT_THAT(Reorder(list, Terms(3), {NameOf("b"), NameOf("a")}, kInTime), IsOk());
  EXPECT_THAT(Reorder(list, Terms(3), {NameOf("b"), NameOf("a")}, kLastMoment), late);
  EXPECT_THAT(Lock(list, Terms(3), kInTime), IsOk());
  EXPECT_THAT(Lock(list, Terms(3), kLastMoment), late);
  EXPECT_THAT(Lock(list, Terms(3), kLastMoment), HasViolation("ACT_RECOMMEND", "2023-09-16 00:00"));
}

TEST(ReorderTest, SetsTheWholeOrder) {
  ASSERT_OK_AND_ASSIGN(const auto list,
                       Reorder(ListOf({"a", "b", "c"}), Terms(3), {NameOf("c"), NameOf("a"), NameOf("b")}, kInTime));

  EXPECT_THAT(Order(list), ElementsAre("1 c", "2 a", "3 b"));
}

TEST(ReorderTest, RefusesAnOrderThatIsNotExactlyTheList) {
  const auto list = ListOf({"a", "b"});
  const auto refused = IsRefusal(StatusCode::kInvalidArgument, "ORDER_INCOMPLETE");

  EXPECT_THAT(Reorder(list, Terms(3), {NameOf("a")}, kInTime), refused);
  EXPECT_THAT(Reorder(list, Terms(3), {NameOf("a"), NameOf("a")}, kInTime), refused);
  EXPECT_THAT(Reorder(list, Terms(3), {NameOf("a"), NameOf("b"), NameOf("c")}, kInTime), refused);
}

TEST(BeginRemovalTest, TakesTheRankAwayAndMovesTheOthersUp) {
  ASSERT_OK_AND_ASSIGN(const auto list, BeginRemoval(ListOf({"a", "b", "c"}), Terms(3), NameOf("a"), kInTime));

  EXPECT_THAT(Order(list), ElementsAre("1 b", "2 c", "0 a"));
  EXPECT_THAT(Order(Dropped(list, NameOf("a"))), ElementsAre("1 b", "2 c"));
  EXPECT_THAT(BeginRemoval(list, Terms(3), NameOf("x"), kInTime), IsRefusal(StatusCode::kNotFound, "NOT_RECOMMENDED"));
}

TEST(LockTest, RefusesAnEmptyAListUnsettledAndOneBeyondAQuotaThatShrank) {
  EXPECT_THAT(Lock(NewList(kName), Terms(3), kInTime), IsRefusal(StatusCode::kFailedPrecondition, "LIST_EMPTY"));

  ASSERT_OK_AND_ASSIGN(const auto holding, Recommend(ListOf({"a"}), Terms(3), Filed("b"), kInTime));
  EXPECT_THAT(Lock(holding, Terms(3), kInTime), IsRefusal(StatusCode::kFailedPrecondition, "LIST_UNSETTLED"));
  ASSERT_OK_AND_ASSIGN(const auto releasing, BeginRemoval(ListOf({"a", "b"}), Terms(3), NameOf("a"), kInTime));
  EXPECT_THAT(Lock(releasing, Terms(3), kInTime), IsRefusal(StatusCode::kFailedPrecondition, "LIST_UNSETTLED"));

  EXPECT_THAT(Lock(ListOf({"a", "b"}), Terms(1), kInTime), IsRefusal(StatusCode::kResourceExhausted, "QUOTA_EXCEEDED"));
}

TEST(LockTest, NothingChangesALockedList) {
  ASSERT_OK_AND_ASSIGN(const auto list, Lock(ListOf({"a", "b"}), Terms(3), kInTime));
  const auto locked = IsRefusal(StatusCode::kFailedPrecondition, "LIST_LOCKED");

  EXPECT_EQ(list.revision(), 1);
  EXPECT_THAT(Recommend(list, Terms(3), Filed("c"), kInTime), locked);
  EXPECT_THAT(BeginRemoval(list, Terms(3), NameOf("a"), kInTime), locked);
  EXPECT_THAT(Reorder(list, Terms(3), {NameOf("b"), NameOf("a")}, kInTime), locked);
  EXPECT_THAT(Lock(list, Terms(3), kInTime), locked);
  EXPECT_EQ(Dropped(list, NameOf("a")).SerializeAsString(), list.SerializeAsString());
}

TEST(ReturnedTest, OpensTheListForTheNextRevision) {
  EXPECT_THAT(Returned(ListOf({"a"}), "缺少盖章"), IsRefusal(StatusCode::kFailedPrecondition, "LIST_NOT_LOCKED"));
  ASSERT_OK_AND_ASSIGN(const auto first, Lock(ListOf({"a", "b"}), Terms(3), kInTime));

  ASSERT_OK_AND_ASSIGN(const auto returned, Returned(first, "缺少盖章"));
  ASSERT_OK_AND_ASSIGN(const auto reordered, Reorder(returned, Terms(3), {NameOf("b"), NameOf("a")}, kInTime));
  ASSERT_OK_AND_ASSIGN(const auto second, Lock(reordered, Terms(3), kInTime));

  EXPECT_EQ(returned.state(), RecommendationList::STATE_RETURNED);
  EXPECT_EQ(returned.return_reason(), "缺少盖章");
  EXPECT_EQ(second.revision(), 2);
  EXPECT_EQ(second.return_reason(), "");
  EXPECT_NE(second.content_digest(), first.content_digest());
}

TEST(ContentDigestTest, IsThatOfTheContentAlone) {
  ASSERT_OK_AND_ASSIGN(const auto list, Lock(ListOf({"a", "b"}), Terms(3), kInTime));
  ASSERT_OK_AND_ASSIGN(auto later, Lock(ListOf({"a", "b"}), Terms(3), kInTime - absl::Hours(1)));

  EXPECT_EQ(list.content_digest().size(), 64);
  EXPECT_EQ(list.content_digest(), ContentDigest(list));
  later.set_etag("7");
  EXPECT_EQ(ContentDigest(later), list.content_digest());
}

}  // namespace
}  // namespace jiebang::quota
