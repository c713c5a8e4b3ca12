// What the service does, call by call.
#include "services/review/service.h"

#include <algorithm>
#include <map>
#include <set>

#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/review/bench_for_test.h"

namespace jiebang::review {
namespace {

using absl::StatusCode;
using options::v1::ROLE_APPLICANT;
using options::v1::ROLE_EXPERT;
using options::v1::ROLE_MINISTRY;
using options::v1::ROLE_OPERATOR;
using options::v1::ROLE_UNIT;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ServiceTest : public testing::Test {
 protected:
  // Four experts, two units with two and one applications.
  void SetUp() override {
    for (const std::string id : {"e1", "e2", "e3", "e4"}) ASSERT_THAT(ministry_.CreateExpert(id), IsOk());
    world_.peers.lists = {LockedList("320000", 1), LockedList("310000", 2)};
  }

  void StartScoring() {
    ASSERT_THAT(ministry_.CreateRound(), IsOk());
    ASSERT_THAT(ministry_.PlanAndCommit(), IsOk());
  }

  // Everybody gives so many points on both criteria, by the candidate's id.
  void ScoreAll(const std::map<std::string, int>& points) {
    for (const v1::Assignment& assignment : ministry_.Assignments()) {
      const int given = points.at(LastIdOf(assignment.candidate()));
      ASSERT_THAT(SubmitScore(process_, assignment, given, given), IsOk());
    }
  }

  absl::StatusOr<v1::GetReviewMaterialResponse> GetMaterial(const std::string& name, const std::string& expert) {
    v1::GetReviewMaterialRequest request;
    request.set_name(name);
    return process_.Ask<v1::GetReviewMaterialResponse>("GetReviewMaterial", As(ROLE_EXPERT, expert), request);
  }

  World world_{[](const auto& path) { return *store::OpenSqliteStore(path); }};
  Process process_{world_};
  Ministry ministry_{process_};
};

std::vector<std::string> IdsOf(const std::vector<v1::Candidate>& candidates) {
  std::vector<std::string> ids;
  for (const v1::Candidate& candidate : candidates) ids.push_back(LastIdOf(candidate.name()));
  return ids;
}

std::string ExpertOf(const v1::Assignment& assignment) {
  return AssignmentName::Parse(assignment.name())->reviewer.expert;
}

TEST_F(ServiceTest, EveryMethodOfTheContractHasAHandler) {
  World world([](const auto& path) { return *store::OpenSqliteStore(path); });
  rpc::Client client("review", world.seal);
  Service service({*world.store, world.programmes, world.page_tokens, world.clock, client, client});
  const rpc::ServiceMethods methods = service.Methods().front();
  const auto* contract = v1::CreateExpertRequest::descriptor()->file()->service(0);
  EXPECT_EQ(methods.full_name(), contract->full_name());
  for (int i = 0; i < contract->method_count(); ++i) {
    EXPECT_TRUE(methods.methods().contains(contract->method(i)->name())) << contract->method(i)->name();
  }
}

TEST(PartitionOf, IsWhereTheResourceIsWritten) {
  EXPECT_EQ(PartitionOf("experts/e"), "experts");
  EXPECT_EQ(PartitionOf(kTrack), kTrack);
  EXPECT_EQ(PartitionOf(kRound), kTrack);
  EXPECT_EQ(PartitionOf(absl::StrCat(kRound, "/experts/e/assignments/a")), kTrack);
  EXPECT_EQ(PartitionOf("units/x"), "");
}

TEST_F(ServiceTest, RegistersAnExpertOnce) {
  EXPECT_THAT(ministry_.CreateExpert("e1"), IsRefusal(StatusCode::kAlreadyExists, "EXPERT_ALREADY_EXISTS"));
  v1::GetExpertRequest request;
  request.set_name("experts/e1");
  ASSERT_OK_AND_ASSIGN(const auto own,
                       process_.Ask<v1::GetExpertResponse>("GetExpert", As(ROLE_EXPERT, "e1"), request));
  EXPECT_EQ(own.expert().etag(), "1");
  EXPECT_EQ(own.expert().create_time().seconds(), 1'693'800'000);
  EXPECT_THAT(process_.Ask<v1::GetExpertResponse>("GetExpert", As(ROLE_EXPERT, "e2"), request),
              IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
  request.set_name("experts/nobody");
  EXPECT_THAT(process_.Ask<v1::GetExpertResponse>("GetExpert", As(ROLE_OPERATOR), request),
              IsRefusal(StatusCode::kNotFound, "EXPERT_NOT_FOUND"));
}

TEST_F(ServiceTest, ImportsExpertsAndTellsWhichItCouldNot) {
  const auto item = [](const std::string& id, const std::string& expert) {
    v1::ImportExpertsRequest item;
    item.set_item_id(id);
    item.mutable_expert()->set_name("experts/" + expert);
    item.mutable_expert()->set_display_name(expert);
    item.mutable_expert()->set_employer("大学");
    return item;
  };
  const auto import = [this](const std::vector<v1::ImportExpertsRequest>& items) {
    const auto exchanged = process_.Exchange<v1::ImportExpertsResponse>("ImportExperts", As(ROLE_MINISTRY), items);
    EXPECT_THAT(exchanged.status, IsOk());
    EXPECT_EQ(exchanged.responses.size(), 1);
    return exchanged.responses.empty() ? v1::ImportExpertsResponse() : exchanged.responses.front();
  };
  const auto first = import({item("1", "n1"), item("2", "e1"), item("3", "NOT AN ID"), item("4", "n2")});
  EXPECT_EQ(first.received_count(), 4);
  EXPECT_EQ(first.created_count(), 2);
  EXPECT_EQ(first.failed_count(), 2);
  ASSERT_EQ(first.failures_size(), 2);
  EXPECT_EQ(first.failures(0).item_id(), "2");
  EXPECT_EQ(first.failures(0).position(), 1);
  EXPECT_EQ(first.failures(0).error().code(), static_cast<int>(StatusCode::kAlreadyExists));
  EXPECT_EQ(first.failures(1).item_id(), "3");

  const auto again = import({item("1", "n1"), item("4", "n2"), item("4", "n3"), item("5", "n3")});
  EXPECT_EQ(again.repeated_count(), 2);
  EXPECT_EQ(again.created_count(), 1);
  EXPECT_EQ(again.failed_count(), 1) << "an id stands for one item";

  const auto nothing = import(std::vector<v1::ImportExpertsRequest>(600, item("x", "e1")));
  EXPECT_EQ(nothing.failed_count(), 600);
  EXPECT_EQ(nothing.failures_size(), 500);
}

TEST_F(ServiceTest, ListsExpertsPageByPage) {
  v1::ListExpertsRequest request;
  request.set_page_size(3);
  ASSERT_OK_AND_ASSIGN(const auto first,
                       process_.Ask<v1::ListExpertsResponse>("ListExperts", As(ROLE_MINISTRY), request));
  EXPECT_EQ(first.experts_size(), 3);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second,
                       process_.Ask<v1::ListExpertsResponse>("ListExperts", As(ROLE_MINISTRY), request));
  ASSERT_EQ(second.experts_size(), 1);
  EXPECT_EQ(second.experts(0).name(), "experts/e4");
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(ServiceTest, OpensARoundWithTheLockedLists) {
  world_.peers.lists.push_back(LockedList("330000", 1));
  world_.peers.lists.back().set_state(quota::v1::RecommendationList::STATE_OPEN);
  world_.peers.lists[0].mutable_recommendations(0)->set_applicant_display_name("江苏企业");
  ASSERT_OK_AND_ASSIGN(const auto created, ministry_.CreateRound());
  EXPECT_EQ(created.round().state(), v1::Round::STATE_OPEN);
  EXPECT_EQ(created.round().application_count(), 3);
  EXPECT_EQ(created.round().etag(), "1");
  EXPECT_EQ(ministry_.GetRound()->round().SerializeAsString(), created.round().SerializeAsString());
  const std::vector<v1::Candidate> candidates = ministry_.Candidates(v1::Candidate::DECISION_UNSPECIFIED, 2);
  EXPECT_THAT(IdsOf(candidates), ElementsAre("310000-001", "310000-002", "320000-001"));
  EXPECT_EQ(candidates[2].applicant_uscc(), "USCC-320000-1");
  EXPECT_EQ(candidates[2].applicant_display_name(), "江苏企业");
  EXPECT_EQ(candidates[1].unit_rank(), 2);
  EXPECT_THAT(ministry_.CreateRound(), IsRefusal(StatusCode::kAlreadyExists, "ROUND_ALREADY_EXISTS"));
}

TEST_F(ServiceTest, RefusesARoundThatTheProgrammeDoesNotHave) {
  const auto create = [&](const std::string& parent, const std::string& id, const std::string& stage) {
    v1::CreateRoundRequest request;
    request.set_parent(parent);
    request.set_round_id(id);
    request.set_stage(stage);
    return process_.Ask<v1::CreateRoundResponse>("CreateRound", As(ROLE_MINISTRY), request);
  };
  EXPECT_THAT(create("programmes/q/tracks/factory", "r", "online-review"),
              IsRefusal(StatusCode::kNotFound, "PROGRAMME_NOT_FOUND"));
  EXPECT_THAT(create("programmes/p/tracks/none", "r", "online-review"),
              IsRefusal(StatusCode::kNotFound, "TRACK_NOT_FOUND"));
  EXPECT_THAT(create("programmes/p/tracks/zone", "r", "online-review"),
              IsRefusal(StatusCode::kNotFound, "TRACK_NOT_FOUND"));
  EXPECT_THAT(create("programmes/p/tracks/supply-chain", "r", "online-review"),
              IsRefusal(StatusCode::kNotFound, "TRACK_RANKED_IN_BASE"));
  EXPECT_THAT(create(kTrack, "r", "panel"), IsRefusal(StatusCode::kNotFound, "STAGE_NOT_FOUND"));
  EXPECT_THAT(create(kTrack, "r", "decision"), IsRefusal(StatusCode::kFailedPrecondition, "STAGE_NOT_SCORED"));
  EXPECT_THAT(create(kTrack, "-", "online-review"), IsRefusal(StatusCode::kInvalidArgument, "FIELD_MALFORMED"));
}

TEST_F(ServiceTest, OpensNoRoundWithoutALockedListOrWithoutTheQuotaService) {
  world_.peers.lists.clear();
  EXPECT_THAT(ministry_.CreateRound(), IsRefusal(StatusCode::kFailedPrecondition, "NO_LOCKED_LIST"));
  world_.peers.quota_fault = ListsUnavailable(absl::UnavailableError("connection refused"));
  EXPECT_THAT(ministry_.CreateRound(), IsRefusal(StatusCode::kUnavailable, "LISTS_UNAVAILABLE"));
  EXPECT_THAT(ministry_.GetRound(), IsRefusal(StatusCode::kNotFound, "ROUND_NOT_FOUND"));
}

TEST_F(ServiceTest, CommitsThePlanThatWasLookedAt) {
  ASSERT_THAT(ministry_.CreateRound(), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto planned, ministry_.Plan());
  EXPECT_EQ(planned.plan().assignments_size(), 9);
  EXPECT_EQ(planned.plan().least_load(), 2);
  EXPECT_EQ(planned.plan().most_load(), 3);
  EXPECT_EQ(ministry_.Plan()->plan().digest(), planned.plan().digest()) << "changes nothing";
  EXPECT_THAT(ministry_.Assignments(), IsEmpty());

  ASSERT_THAT(ministry_.CreateExpert("e0"), IsOk());
  EXPECT_THAT(ministry_.Commit(planned.plan().digest()), IsRefusal(StatusCode::kAborted, "PLAN_CHANGED"));
  ASSERT_OK_AND_ASSIGN(const auto committed, ministry_.PlanAndCommit());

  EXPECT_EQ(committed.round().state(), v1::Round::STATE_SCORING);
  EXPECT_EQ(committed.round().assignment_count(), 9);
  EXPECT_EQ(committed.round().etag(), "2");
  EXPECT_THAT(ministry_.Assignments(), SizeIs(9));
  EXPECT_THAT(ministry_.Plan(), IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_OPEN"));
  EXPECT_THAT(ministry_.Commit(committed.round().plan_digest()),
              IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_OPEN"));
}

TEST_F(ServiceTest, CommitsNoPlanWithAShortfall) {
  world_.peers.lists = {LockedList("320000", 1)};
  for (const std::string id : {"u1", "u2"}) ASSERT_THAT(ministry_.CreateExpert(id, "units/320000"), IsOk());
  World poor([](const auto& path) { return *store::OpenSqliteStore(path); });
  Process process(poor);
  Ministry ministry(process);
  poor.peers.lists = {LockedList("320000", 1)};
  ASSERT_THAT(ministry.CreateExpert("u1", "units/320000"), IsOk());
  ASSERT_THAT(ministry.CreateExpert("e1"), IsOk());
  ASSERT_THAT(ministry.CreateExpert("e2"), IsOk());
  ASSERT_THAT(ministry.CreateRound(), IsOk());
  const absl::StatusOr<v1::CommitAssignmentResponse> refused = ministry.PlanAndCommit();
  EXPECT_THAT(refused, IsRefusal(StatusCode::kFailedPrecondition, "PANEL_INCOMPLETE"));
  EXPECT_THAT(refused, HasViolation(absl::StrCat(kRound, "/candidates/320000-001"), "1 have a conflict"));
}

TEST_F(ServiceTest, ExpertsSeeOnlyTheirOwn) {
  StartScoring();
  v1::ListAssignmentsRequest list;
  list.set_parent(absl::StrCat(kRound, "/experts/e1"));
  ASSERT_OK_AND_ASSIGN(const auto own,
                       process_.Ask<v1::ListAssignmentsResponse>("ListAssignments", As(ROLE_EXPERT, "e1"), list));
  for (const v1::Assignment& assignment : own.assignments()) EXPECT_EQ(ExpertOf(assignment), "e1");
  EXPECT_GE(own.assignments_size(), 2);
  for (const std::string other : {"e2", "-"}) {
    list.set_parent(absl::StrCat(kRound, "/experts/", other));
    EXPECT_THAT(process_.Ask<v1::ListAssignmentsResponse>("ListAssignments", As(ROLE_EXPERT, "e1"), list),
                IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
  }
  EXPECT_THAT(GetMaterial(own.assignments(0).name(), "e2"), IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
}

TEST_F(ServiceTest, NobodyElseMayAskForAssignmentsCandidatesOrEvents) {
  StartScoring();
  for (const options::v1::Role role : {ROLE_APPLICANT, ROLE_UNIT}) {
    v1::ListAssignmentsRequest list;
    list.set_parent(absl::StrCat(kRound, "/experts/-"));
    EXPECT_THAT(process_.Ask<v1::ListAssignmentsResponse>("ListAssignments", As(role), list),
                IsRefusal(StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
    v1::ListCandidatesRequest candidates;
    candidates.set_parent(kRound);
    EXPECT_THAT(process_.Ask<v1::ListCandidatesResponse>("ListCandidates", As(role), candidates),
                IsRefusal(StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  }
}

TEST_F(ServiceTest, MaterialComesWithoutContacts) {
  StartScoring();
  const v1::Assignment assignment = ministry_.Assignments()[0];
  ASSERT_OK_AND_ASSIGN(const auto material, GetMaterial(assignment.name(), ExpertOf(assignment)));
  EXPECT_EQ(material.assignment().name(), assignment.name());
  EXPECT_THAT(material.application().name(), HasSubstr("/applications/a"));
  EXPECT_EQ(material.application().applicant().contact_name(), "");
  EXPECT_EQ(material.application().applicant().contact_phone(), "");
  EXPECT_EQ(material.application().declarations(0).rule(), "truth");
  EXPECT_EQ(material.application().declarations(0).declared_by(), "");
}

TEST_F(ServiceTest, MaterialIsRefusedWhereWhatWasFiledShowsAConflict) {
  StartScoring();
  const v1::Assignment assignment = ministry_.Assignments()[0];
  const std::string expert = ExpertOf(assignment);
  world_.peers.filed_display_name = absl::StrCat("大学 ", expert);
  EXPECT_THAT(GetMaterial(assignment.name(), expert), IsRefusal(StatusCode::kFailedPrecondition, "EXPERT_CONFLICTED"));
  world_.peers.content_digest = "another";
  EXPECT_THAT(GetMaterial(assignment.name(), expert), IsRefusal(StatusCode::kDataLoss, "REVISION_CHANGED"));
  world_.peers.application_fault = MaterialUnavailable(absl::UnavailableError("gone"));
  EXPECT_THAT(GetMaterial(assignment.name(), expert), IsRefusal(StatusCode::kUnavailable, "MATERIAL_UNAVAILABLE"));
  EXPECT_THAT(GetMaterial(absl::StrCat(kRound, "/experts/e1/assignments/none"), "e1"),
              IsRefusal(StatusCode::kNotFound, "ASSIGNMENT_NOT_FOUND"));
}

TEST_F(ServiceTest, AScoreIsGivenAndReplacedAndCountedOnce) {
  StartScoring();
  const v1::Assignment assignment = ministry_.Assignments()[0];
  ASSERT_OK_AND_ASSIGN(const auto first, SubmitScore(process_, assignment, 80, 91));
  EXPECT_EQ(first.assignment().score().total_hundredths(), 8550);
  EXPECT_EQ(first.assignment().etag(), "2");
  ASSERT_OK_AND_ASSIGN(const auto second, SubmitScore(process_, assignment, 70, 70));
  EXPECT_EQ(second.assignment().score().total_hundredths(), 7000);
  EXPECT_EQ(ministry_.GetRound()->round().scored_count(), 1);
  EXPECT_EQ(ministry_.Assignments()[0].SerializeAsString(), second.assignment().SerializeAsString());
  EXPECT_THAT(SubmitScore(process_, assignment, 101, 0), IsRefusal(StatusCode::kInvalidArgument, "SCORE_MALFORMED"));
}

TEST_F(ServiceTest, ARepeatedRequestGetsTheFirstAnswer) {
  ASSERT_OK_AND_ASSIGN(const auto created, ministry_.CreateRound("create-1"));
  EXPECT_EQ(ministry_.CreateRound("create-1")->SerializeAsString(), created.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const auto planned, ministry_.Plan());
  ASSERT_OK_AND_ASSIGN(const auto committed, ministry_.Commit(planned.plan().digest(), "commit-1"));
  EXPECT_EQ(ministry_.Commit(planned.plan().digest(), "commit-1")->SerializeAsString(), committed.SerializeAsString());
  const v1::Assignment assignment = ministry_.Assignments()[0];
  ASSERT_OK_AND_ASSIGN(const auto scored, SubmitScore(process_, assignment, 1, 1, "score-1"));
  ASSERT_THAT(SubmitScore(process_, assignment, 2, 2, "score-2"), IsOk());
  EXPECT_EQ(SubmitScore(process_, assignment, 1, 1, "score-1")->SerializeAsString(), scored.SerializeAsString());
  EXPECT_EQ(ministry_.Assignments()[0].score().total_hundredths(), 200) << "the repetition replaces nothing";
  EXPECT_THAT(SubmitScore(process_, assignment, 9, 9, "score-1"),
              IsRefusal(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  ScoreAll({{"310000-001", 60}, {"310000-002", 70}, {"320000-001", 80}});
  ASSERT_OK_AND_ASSIGN(const auto ranked, ministry_.Rank("rank-1"));
  EXPECT_EQ(ministry_.Rank("rank-1")->SerializeAsString(), ranked.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const auto decided, ministry_.Decide(2, "decide-1"));
  EXPECT_EQ(ministry_.Decide(2, "decide-1")->SerializeAsString(), decided.SerializeAsString());
}

TEST_F(ServiceTest, RanksAndDecides) {
  StartScoring();
  ScoreAll({{"310000-001", 70}, {"310000-002", 90}, {"320000-001", 70}});
  EXPECT_THAT(ministry_.Decide(1), IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_RANKED"));
  ASSERT_OK_AND_ASSIGN(const auto ranked, ministry_.Rank());
  EXPECT_EQ(ranked.round().state(), v1::Round::STATE_RANKED);
  EXPECT_EQ(ranked.round().scored_count(), 9);
  const std::vector<v1::Candidate> ranking = ministry_.Candidates(v1::Candidate::DECISION_UNSPECIFIED, 1);
  EXPECT_THAT(IdsOf(ranking), ElementsAre("310000-002", "310000-001", "320000-001"));
  EXPECT_EQ(ranking[0].result(), "90.00");
  EXPECT_EQ(ranking[0].score_count(), 3);
  EXPECT_EQ(ranking[1].tie_key(), "candidate_id") << "both are first in their units";
  EXPECT_THAT(ministry_.Candidates(v1::Candidate::DECISION_SELECTED), IsEmpty());
  EXPECT_THAT(ministry_.Rank(), IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_SCORING"));

  EXPECT_THAT(ministry_.Decide(4), IsRefusal(StatusCode::kInvalidArgument, "TOO_FEW_CANDIDATES"));
  ASSERT_OK_AND_ASSIGN(const auto decided, ministry_.Decide(2));

  EXPECT_EQ(decided.round().state(), v1::Round::STATE_DECIDED);
  EXPECT_EQ(decided.round().selected_count(), 2);
  EXPECT_THAT(IdsOf(ministry_.Candidates(v1::Candidate::DECISION_SELECTED, 1)),
              ElementsAre("310000-002", "310000-001"));
  EXPECT_THAT(IdsOf(ministry_.Candidates(v1::Candidate::DECISION_NOT_SELECTED, 1)), ElementsAre("320000-001"));
  EXPECT_EQ(ministry_.Candidates()[2].decision(), v1::Candidate::DECISION_NOT_SELECTED);
  EXPECT_THAT(ministry_.Decide(1), IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_RANKED"));
}

TEST_F(ServiceTest, MayDecideForNobody) {
  StartScoring();
  ScoreAll({{"310000-001", 5}, {"310000-002", 6}, {"320000-001", 7}});
  ASSERT_THAT(ministry_.Rank(), IsOk());
  EXPECT_THAT(ministry_.Decide(1), IsRefusal(StatusCode::kInvalidArgument, "SELECTION_ABOVE_PASSING"));
  ASSERT_THAT(ministry_.Decide(0), IsOk());
  EXPECT_THAT(ministry_.Candidates(v1::Candidate::DECISION_SELECTED), IsEmpty());
  EXPECT_THAT(ministry_.Candidates(v1::Candidate::DECISION_NOT_SELECTED), SizeIs(3));
}

TEST_F(ServiceTest, RanksNothingBelowTheQuorum) {
  StartScoring();
  std::map<std::string, int> scores;
  for (const v1::Assignment& assignment : ministry_.Assignments()) {
    const int wanted = LastIdOf(assignment.candidate()) == "310000-002" ? 1 : 2;
    if (++scores[assignment.candidate()] <= wanted) {
      ASSERT_THAT(SubmitScore(process_, assignment, 50, 50), IsOk());
    }
  }
  const absl::StatusOr<v1::RankRoundResponse> refused = ministry_.Rank();
  EXPECT_THAT(refused, IsRefusal(StatusCode::kFailedPrecondition, "SCORES_MISSING"));
  EXPECT_THAT(refused, HasViolation(absl::StrCat(kRound, "/candidates/310000-002"), "1 scores, want 2"));
  for (const v1::Assignment& assignment : ministry_.Assignments()) {
    if (!assignment.has_score()) {
      ASSERT_THAT(SubmitScore(process_, assignment, 50, 50), IsOk());
    }
  }
  EXPECT_THAT(ministry_.Rank(), IsOk());
}

TEST_F(ServiceTest, ScoresAreTakenOnlyWhileTheRoundIsScoring) {
  StartScoring();
  const v1::Assignment assignment = ministry_.Assignments()[0];
  ScoreAll({{"310000-001", 60}, {"310000-002", 70}, {"320000-001", 80}});
  ASSERT_THAT(ministry_.Rank(), IsOk());
  EXPECT_THAT(SubmitScore(process_, assignment, 99, 99),
              IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_SCORING"));
  EXPECT_THAT(GetMaterial(assignment.name(), ExpertOf(assignment)),
              IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_SCORING"));
  v1::Assignment unknown = assignment;
  unknown.set_name(absl::StrCat(kTrack, "/rounds/none/experts/e1/assignments/a"));
  EXPECT_THAT(SubmitScore(process_, unknown, 1, 1), IsRefusal(StatusCode::kNotFound, "ROUND_NOT_FOUND"));
}

TEST_F(ServiceTest, APageTokenOfBeforeTheRankingIsOfNoUseAfterIt) {
  StartScoring();
  v1::ListCandidatesRequest request;
  request.set_parent(kRound);
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page,
                       process_.Ask<v1::ListCandidatesResponse>("ListCandidates", As(ROLE_MINISTRY), request));
  ScoreAll({{"310000-001", 60}, {"310000-002", 70}, {"320000-001", 80}});
  ASSERT_THAT(ministry_.Rank(), IsOk());
  request.set_page_token(page.next_page_token());
  EXPECT_THAT(process_.Ask<v1::ListCandidatesResponse>("ListCandidates", As(ROLE_MINISTRY), request),
              IsRefusal(StatusCode::kInvalidArgument, "PAGE_TOKEN_OTHER_REQUEST"));
}

}  // namespace
}  // namespace jiebang::review
