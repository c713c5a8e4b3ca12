#include "services/review/domain/assignment_plan.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/review/domain/affinity.h"
#include "services/review/domain/conflict.h"

namespace jiebang::review {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

programme::v1::Panel PanelOf(int size, int max_load = 0, int industry_experts_percent = 0) {
  programme::v1::Panel panel;
  panel.set_size(size);
  panel.set_max_load(max_load);
  panel.set_industry_experts_percent(industry_experts_percent);
  return panel;
}

v1::Expert MakeExpert(const std::string& id, const std::vector<std::string>& codes = {}) {
  v1::Expert expert;
  expert.set_name("experts/" + id);
  expert.set_employer("大学" + id);
  for (const std::string& code : codes) expert.add_industry_codes(code);
  return expert;
}

v1::Candidate MakeCandidate(const std::string& id, const std::string& code = "3670") {
  v1::Candidate candidate;
  candidate.set_name("programmes/p/tracks/t/rounds/r/candidates/" + id);
  candidate.set_unit("units/" + id.substr(0, 6));
  candidate.set_applicant_uscc("USCC" + id);
  candidate.set_applicant_display_name("企业" + id);
  candidate.set_title("项目" + id);
  candidate.set_industry_code(code);
  return candidate;
}

std::vector<std::string> ExpertsOf(const v1::AssignmentPlan& plan, const v1::Candidate& candidate) {
  std::vector<std::string> experts;
  for (const v1::PlannedAssignment& pair : plan.assignments()) {
    if (pair.candidate() == candidate.name()) experts.push_back(pair.expert());
  }
  return experts;
}

TEST(Affinity, CountsCommonDigits) {
  const v1::Expert expert = MakeExpert("e", {"36", "3670", "261"});
  EXPECT_EQ(Affinity(expert, "3670"), 4);
  EXPECT_EQ(Affinity(expert, "3671"), 3);
  EXPECT_EQ(Affinity(expert, "3600"), 2);
  EXPECT_EQ(Affinity(expert, "3911"), 1);
  EXPECT_EQ(Affinity(expert, "1311"), 0);
  EXPECT_EQ(Affinity(expert, "26"), 2) << "a candidate's code may be short";
  EXPECT_EQ(Affinity(expert, "2614"), 3);
  EXPECT_EQ(Affinity(expert, ""), 0);
  EXPECT_EQ(Affinity(MakeExpert("none"), "3670"), 0);
}

TEST(AssignmentPlan, PrefersWhoKnowsTheIndustry) {
  const v1::Candidate cars = MakeCandidate("310000-001", "3611");
  const v1::Candidate steel = MakeCandidate("320000-001", "3120");
  const v1::AssignmentPlan plan =
      PlanAssignment({cars, steel}, {MakeExpert("steel", {"31"}), MakeExpert("cars", {"361"})}, PanelOf(1));
  EXPECT_THAT(ExpertsOf(plan, cars), ElementsAre("experts/cars"));
  EXPECT_THAT(ExpertsOf(plan, steel), ElementsAre("experts/steel"));
  EXPECT_EQ(plan.total_affinity(), 5);
  EXPECT_EQ(plan.least_load(), 1);
  EXPECT_EQ(plan.most_load(), 1);
}

TEST(AssignmentPlan, NobodyReviewsWithAConflict) {
  const v1::Candidate candidate = MakeCandidate("310000-001");
  v1::Expert employee = MakeExpert("employee", {"3670"});
  employee.set_employer("企业 310000-001");
  v1::Expert by_code = MakeExpert("employee-by-code", {"3670"});
  by_code.set_employer_uscc("uscc310000-001");
  v1::Expert of_unit = MakeExpert("of-unit", {"3670"});
  of_unit.set_unit("units/310000");
  v1::Expert declared = MakeExpert("declared", {"3670"});
  declared.add_conflict_usccs("USCC310000-001");

  const v1::AssignmentPlan plan =
      PlanAssignment({candidate}, {employee, by_code, of_unit, declared, MakeExpert("free")}, PanelOf(1));

  EXPECT_THAT(ExpertsOf(plan, candidate), ElementsAre("experts/free"));
  EXPECT_THAT(plan.conflicts(), UnorderedElementsAre(Pair("employer", 2), Pair("unit", 1), Pair("declared", 1)));
}

TEST(AssignmentPlan, SpreadsTheLoadBeforeItLooksAtTheIndustry) {
  std::vector<v1::Candidate> candidates;
  for (int i = 0; i < 10; ++i) candidates.push_back(MakeCandidate(absl::StrCat("310000-", 100 + i), "3670"));
  const v1::AssignmentPlan plan = PlanAssignment(
      candidates, {MakeExpert("a", {"3670"}), MakeExpert("b", {"3670"}), MakeExpert("c"), MakeExpert("d")}, PanelOf(1));
  EXPECT_EQ(plan.least_load(), 2);
  EXPECT_EQ(plan.most_load(), 3);
  EXPECT_EQ(plan.total_affinity(), 24) << "the ones that know it take three each";
}

TEST(AssignmentPlan, KeepsTheLesserOfBothLoads) {
  std::vector<v1::Candidate> candidates;
  for (int i = 0; i < 6; ++i) candidates.push_back(MakeCandidate(absl::StrCat("310000-", 100 + i)));
  v1::Expert modest = MakeExpert("modest");
  modest.set_max_load(1);
  v1::Expert eager = MakeExpert("eager");
  eager.set_max_load(100);
  const v1::AssignmentPlan plan = PlanAssignment(candidates, {modest, eager, MakeExpert("other")}, PanelOf(1, 3));
  EXPECT_THAT(plan.shortfalls(), IsEmpty());
  EXPECT_EQ(plan.least_load(), 1);
  EXPECT_EQ(plan.most_load(), 3);
}

TEST(AssignmentPlan, TakesAsManyFromTheIndustryAsThePanelAsksFor) {
  std::vector<v1::Expert> experts;
  for (int i = 0; i < 6; ++i) experts.push_back(MakeExpert(absl::StrCat("in", i), {"36"}));
  for (int i = 0; i < 6; ++i) experts.push_back(MakeExpert(absl::StrCat("out", i), {"13"}));
  std::vector<v1::Candidate> candidates;
  for (int i = 0; i < 4; ++i) candidates.push_back(MakeCandidate(absl::StrCat("310000-", 100 + i)));

  const v1::AssignmentPlan plan = PlanAssignment(candidates, experts, PanelOf(3, 0, 67));

  for (const v1::Candidate& candidate : candidates) {
    int insiders = 0;
    for (const std::string& expert : ExpertsOf(plan, candidate)) insiders += expert.starts_with("experts/in") ? 1 : 0;
    EXPECT_EQ(insiders, 3) << "67 per cent of 3, rounded up";
  }
}

TEST(AssignmentPlan, SaysThatConflictsLeaveTooFew) {
  const v1::Candidate candidate = MakeCandidate("310000-001");
  std::vector<v1::Expert> experts = {MakeExpert("a"), MakeExpert("b"), MakeExpert("c")};
  experts[0].set_unit("units/310000");
  const v1::AssignmentPlan plan = PlanAssignment({candidate}, experts, PanelOf(3));
  ASSERT_EQ(plan.shortfalls_size(), 1);
  EXPECT_EQ(plan.shortfalls(0).candidate(), candidate.name());
  EXPECT_EQ(plan.shortfalls(0).assigned(), 2);
  EXPECT_EQ(plan.shortfalls(0).needed(), 3);
  EXPECT_THAT(plan.shortfalls(0).text_en(), HasSubstr("of 3 experts 1 have a conflict"));
  EXPECT_THAT(plan.shortfalls(0).text_zh(), HasSubstr("1 名须回避"));
}

TEST(AssignmentPlan, SaysThatTheIndustryHasTooFew) {
  const v1::AssignmentPlan plan = PlanAssignment(
      {MakeCandidate("310000-001")}, {MakeExpert("a", {"36"}), MakeExpert("b"), MakeExpert("c")}, PanelOf(3, 0, 60));
  ASSERT_EQ(plan.shortfalls_size(), 1);
  EXPECT_EQ(plan.shortfalls(0).assigned(), 2);
  EXPECT_THAT(plan.shortfalls(0).text_en(), HasSubstr("only 1 experts of the industry"));
}

TEST(AssignmentPlan, SaysThatLoadsAreExhausted) {
  const v1::AssignmentPlan plan = PlanAssignment({MakeCandidate("310000-001"), MakeCandidate("310000-002")},
                                                 {MakeExpert("a"), MakeExpert("b")}, PanelOf(1, 0));
  EXPECT_THAT(plan.shortfalls(), IsEmpty());
  std::vector<v1::Expert> one_each = {MakeExpert("a")};
  one_each[0].set_max_load(1);
  const v1::AssignmentPlan short_plan =
      PlanAssignment({MakeCandidate("310000-001"), MakeCandidate("310000-002")}, one_each, PanelOf(1));
  ASSERT_EQ(short_plan.shortfalls_size(), 1);
  EXPECT_EQ(short_plan.assignments_size(), 1) << "what can be filled is filled";
  EXPECT_THAT(short_plan.shortfalls(0).text_en(), HasSubstr("largest load"));
}

TEST(AssignmentPlan, NobodyAndNothing) {
  EXPECT_THAT(PlanAssignment({}, {MakeExpert("a")}, PanelOf(3)).shortfalls(), IsEmpty());
  EXPECT_EQ(PlanAssignment({MakeCandidate("310000-001")}, {}, PanelOf(3)).shortfalls_size(), 1);
}

// Conflicts of every kind strewn over a round in all spellings; whatever the plan does, no pair of it has one.
TEST(AssignmentPlan, HoldsUnderAttack) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> spellings = {"企业$", " 企业 $", "企业$有限公司第一分公司", "企业$\u3000", "企業$"};
  std::vector<v1::Candidate> candidates;
  for (int i = 0; i < 80; ++i) {
    v1::Candidate candidate =
        MakeCandidate(absl::StrCat(310000 + i % 7, "-", 100 + i), absl::StrCat(3000 + random() % 900));
    candidate.set_applicant_display_name(absl::StrCat("企业", i, i % 3 == 0 ? "有限公司" : ""));
    candidates.push_back(std::move(candidate));
  }
  std::vector<v1::Expert> experts;
  for (int i = 0; i < 120; ++i) {
    v1::Expert expert = MakeExpert(absl::StrCat("e", 100 + i), {absl::StrCat(3000 + random() % 900)});
    std::string employer = spellings[random() % spellings.size()];
    employer.replace(employer.find('$'), 1, absl::StrCat(random() % 80));
    expert.set_employer(employer);
    if (random() % 3 == 0) expert.set_unit(absl::StrCat("units/", 310000 + random() % 7));
    for (unsigned k = random() % 20; k > 0; --k) expert.add_conflict_usccs(candidates[random() % 80].applicant_uscc());
    expert.set_max_load(static_cast<int>(random() % 12));
    experts.push_back(std::move(expert));
  }

  const v1::AssignmentPlan plan = PlanAssignment(candidates, experts, PanelOf(5, 10, 40));

  std::map<std::string, v1::Candidate> candidate_of;
  for (const v1::Candidate& candidate : candidates) candidate_of[candidate.name()] = candidate;
  std::map<std::string, v1::Expert> expert_of;
  for (const v1::Expert& expert : experts) expert_of[expert.name()] = expert;
  std::map<std::string, int> loads;
  std::set<std::pair<std::string, std::string>> pairs;
  for (const v1::PlannedAssignment& pair : plan.assignments()) {
    const v1::Expert& expert = expert_of.at(pair.expert());
    EXPECT_EQ(Ties(expert).With(Applied(candidate_of.at(pair.candidate()))), std::nullopt);
    EXPECT_TRUE(pairs.emplace(pair.candidate(), pair.expert()).second) << "twice";
    EXPECT_LE(++loads[pair.expert()], expert.max_load() > 0 ? std::min(expert.max_load(), 10) : 10);
  }
  EXPECT_EQ(plan.shortfalls_size() == 0, plan.assignments_size() == 400);
}

TEST(AssignmentPlan, DoesNotDependOnTheOrderOfInput) {
  std::mt19937 random(11);
  std::vector<v1::Candidate> candidates;
  for (int i = 0; i < 40; ++i) {
    candidates.push_back(MakeCandidate(absl::StrCat("310000-", 100 + i), absl::StrCat(3000 + random() % 900)));
  }
  std::vector<v1::Expert> experts;
  for (int i = 0; i < 50; ++i)
    experts.push_back(MakeExpert(absl::StrCat("e", 10 + i), {absl::StrCat(30 + random() % 9)}));
  const v1::AssignmentPlan plan = PlanAssignment(candidates, experts, PanelOf(3));
  for (int i = 0; i < 5; ++i) {
    std::shuffle(candidates.begin(), candidates.end(), random);
    std::shuffle(experts.begin(), experts.end(), random);
    EXPECT_EQ(PlanAssignment(candidates, experts, PanelOf(3)).digest(), plan.digest());
  }
  EXPECT_EQ(plan.digest().size(), 64u);
  const bool is_ascending =
      std::is_sorted(plan.assignments().begin(), plan.assignments().end(), [](const auto& a, const auto& b) {
        return std::pair(a.candidate(), a.expert()) < std::pair(b.candidate(), b.expert());
      });
  EXPECT_TRUE(is_ascending);
}

TEST(AssignmentPlan, BecomesAssignmentsOfExperts) {
  const std::vector<v1::Candidate> candidates = {MakeCandidate("310000-001"), MakeCandidate("320000-001")};
  const v1::AssignmentPlan plan = PlanAssignment(candidates, {MakeExpert("b"), MakeExpert("a", {"36"})}, PanelOf(1));
  const std::vector<v1::Assignment> assignments = AssignmentsOf(plan, candidates);
  ASSERT_EQ(assignments.size(), 2u);
  EXPECT_THAT(assignments[0].name(), HasSubstr("programmes/p/tracks/t/rounds/r/experts/a/assignments/3"));
  EXPECT_THAT(assignments[1].name(), HasSubstr("programmes/p/tracks/t/rounds/r/experts/b/assignments/3"));
  EXPECT_EQ(assignments[0].affinity(), 2);
  EXPECT_THAT(assignments[0].title(), HasSubstr("项目"));
}

}  // namespace
}  // namespace jiebang::review
