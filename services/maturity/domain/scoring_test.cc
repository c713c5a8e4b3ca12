#include "services/maturity/domain/scoring.h"

#include <algorithm>
#include <memory>
#include <string>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/fraction.h"
#include "services/maturity/domain/model_loader.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

using ::testing::IsEmpty;
using Degree = v1::Degree;

constexpr auto kNot = v1::DEGREE_NOT;
constexpr auto kPartly = v1::DEGREE_PARTLY;
constexpr auto kMostly = v1::DEGREE_MOSTLY;
constexpr auto kFully = v1::DEGREE_FULLY;
constexpr auto kDiscrete = v1::MANUFACTURING_TYPE_DISCRETE;
constexpr auto kProcess = v1::MANUFACTURING_TYPE_PROCESS;

// The result of a model of ours, tailored, with a degree for each item.
v1::Result ResultOf(const std::shared_ptr<const MaturityModel>& model, v1::ManufacturingType type,
                    const TailoredSubdomains& tailored, const DegreeOf& degree_of) {
  const absl::StatusOr<Scope> scope = Scope::Of(model, type, tailored, "");
  EXPECT_THAT(scope, IsOk());
  return ResultFor(*scope, AnswerAll(*model, type, degree_of));
}

const v1::SubdomainScore& SubdomainAt(const v1::Result& result, int level, const std::string& id) {
  const auto& all = result.levels(level - 1).subdomains();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.subdomain() == id; });
  EXPECT_NE(found, all.end()) << id << " at level " << level;
  return *found;
}

class BothTypes : public testing::TestWithParam<v1::ManufacturingType> {};
INSTANTIATE_TEST_SUITE_P(, BothTypes, testing::Values(kDiscrete, kProcess));

TEST_P(BothTypes, EverythingFullyIsLevel5) {
  const v1::Result result = ResultOf(ShippedModel(), GetParam(), {}, [](auto&, auto&) { return kFully; });

  EXPECT_EQ(result.level(), 5);
  EXPECT_EQ(FromProto(result.total()), Fraction(5, 1));
  EXPECT_EQ(result.total().decimal(), "5.0000");
  EXPECT_EQ(result.item_count(), result.answered_count());
}

TEST_P(BothTypes, EverythingPartlyIsBelowLevel1) {
  const v1::Result result = ResultOf(ShippedModel(), GetParam(), {}, [](auto&, auto&) { return kPartly; });

  EXPECT_EQ(result.level(), 0);
  EXPECT_EQ(FromProto(result.total()), Fraction(1, 2));
}

// 0.8 exactly is satisfied; a float would say 0.7999….
TEST_P(BothTypes, EverythingMostlySatisfiesEveryLevelExactly) {
  const v1::Result result = ResultOf(ShippedModel(), GetParam(), {}, [](auto&, auto&) { return kMostly; });

  EXPECT_EQ(result.level(), 5);
  for (const v1::LevelScore& level : result.levels()) {
    EXPECT_EQ(FromProto(level.score()), Fraction(4, 5));
    EXPECT_TRUE(level.satisfied());
  }
}

TEST_P(BothTypes, OneAnswerLessThanMostlyDoesNotReachTheThreshold) {
  for (const Leaf& lowered : ShippedModel()->leaves()) {
    if (!lowered.IsIn(GetParam())) continue;
    const std::string item = lowered.id() + "-1-a";

    const v1::Result result = ResultOf(ShippedModel(), GetParam(), {}, [&](auto&, const v1::Item& asked) {
      return asked.id() == item ? kPartly : kMostly;
    });

    EXPECT_EQ(result.level(), 0) << item;
    EXPECT_FALSE(result.levels(0).satisfied());
    EXPECT_LT(FromProto(result.levels(0).score()), Fraction(4, 5));
  }
}

TEST_P(BothTypes, WithoutAnswersNothingIsSatisfied) {
  const v1::Result result =
      ResultOf(ShippedModel(), GetParam(), {}, [](auto&, auto&) { return v1::DEGREE_UNSPECIFIED; });

  EXPECT_EQ(result.level(), 0);
  EXPECT_EQ(FromProto(result.total()), Fraction());
  EXPECT_EQ(result.answered_count(), 0);
  EXPECT_GT(result.item_count(), 150);
}

TEST_P(BothTypes, TheWeightsOfALevelSumTo1) {
  const v1::Result result = ResultOf(ShippedModel(), GetParam(), {}, [](auto&, auto&) { return kNot; });

  for (const v1::LevelScore& level : result.levels()) {
    Fraction sum;
    for (const v1::SubdomainScore& subdomain : level.subdomains()) sum = sum + FromProto(subdomain.weight());
    EXPECT_EQ(sum, Fraction(1, 1)) << "level " << level.level();
    EXPECT_EQ(level.subdomains_size(), GetParam() == kDiscrete ? 20 : 18);
  }
}

// Levels 1 and 2 fully, 3 mostly, 4 partly, 5 not.
Degree FallingByLevel(const Leaf& /*leaf*/, const v1::Item& item) {
  switch (item.level()) {
    case 3:
      return kMostly;
    case 4:
      return kPartly;
    case 5:
      return kNot;
    default:
      return kFully;
  }
}

TEST(ScoringTest, CountsALevelOfExactly80PerCent) {
  const auto model =
      ShippedModelWith(v1::Model::EMPTY_CELL_RULE_RENORMALISE, v1::Model::TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED);

  const v1::Result result = ResultOf(model, kDiscrete, {}, FallingByLevel);

  EXPECT_EQ(result.level(), 3);
  EXPECT_EQ(FromProto(result.levels(2).score()), Fraction(4, 5));
  EXPECT_EQ(FromProto(result.total()), Fraction(7, 2));
}

// 组织战略 has no item at level 4 and brings its 0.8 of level 3 along: 0.5 + 0.03 × (0.8 − 0.5).
TEST(ScoringTest, ASubdomainWithoutItemsInheritsFromTheLevelBelow) {
  const v1::Result result = ResultOf(ShippedModel(), kDiscrete, {}, FallingByLevel);

  EXPECT_EQ(result.level(), 3);
  EXPECT_EQ(FromProto(result.total()), Fraction(3509, 1000));
  EXPECT_EQ(SubdomainAt(result, 4, "strategy").inherited_from_level(), 3);
  EXPECT_EQ(SubdomainAt(result, 5, "strategy").inherited_from_level(), 3);
  EXPECT_EQ(SubdomainAt(result, 5, "skills").inherited_from_level(), 4);
  EXPECT_EQ(SubdomainAt(result, 4, "data").inherited_from_level(), 0);
}

TEST(ScoringTest, ASubdomainWithoutItemsDropsOutUnderTheOtherRule) {
  const auto model =
      ShippedModelWith(v1::Model::EMPTY_CELL_RULE_RENORMALISE, v1::Model::TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED);

  const v1::Result result = ResultOf(model, kDiscrete, {}, FallingByLevel);

  // 人员 at level 4 has 人员技能 alone, which takes the 6 % of both.
  EXPECT_EQ(result.levels(3).subdomains_size(), 19);
  EXPECT_EQ(FromProto(SubdomainAt(result, 4, "skills").weight()), Fraction(6, 100));
  // At level 5 all of 人员 is gone, and 制造 weighs 77 of 94; 网络 leaves 装备 alone.
  EXPECT_EQ(FromProto(SubdomainAt(result, 5, "equipment").weight()), Fraction(6, 94));
}

// A2 = 0.8 × 0.6304 + 0.5 × 0.3696.
TEST(ScoringTest, ProductionWeighsWhatTheStandardSays) {
  const v1::Result result = ResultOf(ShippedModel(), kDiscrete, {}, [](const Leaf& leaf, const v1::Item& item) {
    if (item.level() == 1) return kFully;
    if (item.level() > 2) return kNot;
    return leaf.domain->id() == "production" ? kPartly : kMostly;
  });

  EXPECT_EQ(FromProto(result.levels(1).score()), Fraction(68912, 100000));
  EXPECT_EQ(result.level(), 1);
  EXPECT_EQ(FromProto(result.total()), Fraction(168912, 100000));
  EXPECT_EQ(result.total().decimal(), "1.6891");
}

// Scores of 0.75, 0.70 and 0.40 at levels 1 to 3: points above the first unsatisfied level leak in under the literal
// reading alone.
v1::Result ThreeUnsatisfiedLevels(const std::string& total_rule) {
  const auto models =
      ParseModels({{.path = "m.textproto", .text = OneSubdomainModel("m", {4, 10, 5, 1, 1}, total_rule)}});
  EXPECT_THAT(models, IsOk());
  return ResultOf(models->Find("models/m"), kDiscrete, {}, [](auto&, const v1::Item& item) {
    const char letter = item.id().back();
    if (item.level() == 1) return letter <= 'c' ? kFully : kNot;
    if (item.level() == 2) return letter <= 'g' ? kFully : kNot;
    if (item.level() == 3) return letter <= 'b' ? kFully : kNot;
    return kNot;
  });
}

TEST(ScoringTest, StopsAtTheFirstUnsatisfiedLevel) {
  const v1::Result result = ThreeUnsatisfiedLevels("TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED");

  EXPECT_EQ(result.level(), 0);
  EXPECT_EQ(FromProto(result.total()), Fraction(75, 100));
  EXPECT_EQ(result.levels(1).score().decimal(), "0.7000");  // shown, not counted
}

TEST(ScoringTest, TheLiteralSumCountsEveryLevel) {
  const v1::Result result = ThreeUnsatisfiedLevels("TOTAL_RULE_LITERAL_SUM");

  EXPECT_EQ(FromProto(result.total()), Fraction(185, 100));
  EXPECT_EQ(result.level(), 2);
}

// 设计 and 生产 alone: 13/61 and 48/61 of 制造.
TEST(ScoringTest, WhatIsTailoredOutGoesToTheOthersOfItsLayer) {
  const TailoredSubdomains tailored = Without({"logistics", "sales", "customer-service", "product-service"});

  const v1::Result result = ResultOf(ShippedModel(), kDiscrete, tailored, [](auto&, auto&) { return kMostly; });

  EXPECT_EQ(FromProto(SubdomainAt(result, 1, "procurement").weight()), Fraction(77 * 48 * 14, 100 * 61 * 100));
  EXPECT_EQ(FromProto(SubdomainAt(result, 1, "product-design").weight()), Fraction(77 * 13 * 50, 100 * 61 * 100));
  EXPECT_EQ(FromProto(SubdomainAt(result, 1, "data").weight()), Fraction(11 * 46, 100 * 100));
  EXPECT_EQ(result.levels(0).subdomains_size(), 16);
  EXPECT_EQ(result.level(), 5);
  EXPECT_EQ(FromProto(result.levels(4).score()), Fraction(4, 5));
}

TEST(ScoringTest, ASubdomainTakesTheWeightOfItsTailoredSister) {
  const v1::Result result =
      ResultOf(ShippedModel(), kDiscrete, Without({"product-design"}), [](auto&, auto&) { return kFully; });

  EXPECT_EQ(FromProto(SubdomainAt(result, 1, "process-design").weight()), Fraction(77 * 13, 100 * 100));
}

TEST(ScoringTest, AnswersToWhatIsTailoredOutCountNothing) {
  const auto none = [](auto&, auto&) { return kFully; };
  const auto all = [](const Leaf& leaf, auto&) { return leaf.id() == "sales" ? kNot : kFully; };

  EXPECT_EQ(ResultOf(ShippedModel(), kDiscrete, Without({"sales"}), none).SerializeAsString(),
            ResultOf(ShippedModel(), kDiscrete, Without({"sales"}), all).SerializeAsString());
}

TEST(ScopeTest, RefusesToTailorWhatIsMandatory) {
  int mandatory = 0;
  for (const Leaf& leaf : ShippedModel()->leaves()) {
    const auto scope = Scope::Of(ShippedModel(), kDiscrete, Without({leaf.id()}), "assessment");
    if (leaf.element->id() == "manufacturing" && leaf.domain->id() != "production") {
      EXPECT_THAT(scope, IsOk()) << leaf.id();
      continue;
    }
    ++mandatory;
    EXPECT_THAT(scope, IsRefusal(absl::StatusCode::kInvalidArgument, "TAILORING_INVALID")) << leaf.id();
    EXPECT_THAT(scope, HasViolation("assessment.tailored_subdomains[0].subdomain", "不能裁剪"));
  }
  EXPECT_EQ(mandatory, 14);
}

TEST(ScopeTest, NamesEveryTailoringThatIsWrong) {
  const auto scope = Scope::Of(ShippedModel(), kProcess, Without({"sales", "sales", "moon", "product-design"}), "");

  EXPECT_THAT(scope, IsRefusal(absl::StatusCode::kInvalidArgument, "TAILORING_INVALID"));
  EXPECT_THAT(scope, HasViolation("tailored_subdomains[1].subdomain", "twice"));
  EXPECT_THAT(scope, HasViolation("tailored_subdomains[2].subdomain", "moon"));
  EXPECT_THAT(scope, HasViolation("tailored_subdomains[3].subdomain", "product-design"));
}

TEST(ScopeTest, RefusesATypeThatIsNone) {
  EXPECT_THAT(Scope::Of(ShippedModel(), static_cast<v1::ManufacturingType>(7), {}, ""),
              IsRefusal(absl::StatusCode::kInvalidArgument, "MANUFACTURING_TYPE_UNKNOWN"));
}

TEST(AnswersTest, NamesEveryAnswerThatIsWrong) {
  Answers answers;
  *answers.Add() = AnswerTo("strategy-1-a", kFully);
  *answers.Add() = AnswerTo("strategy-1-a", kNot);
  *answers.Add() = AnswerTo("product-design-1-a", kFully);  // not of the process type
  *answers.Add() = AnswerTo("data-1-a", static_cast<Degree>(9));

  const absl::Status status = AnswerSheet::Of(*ShippedModel(), kProcess, answers, "assessment.answers").status();

  EXPECT_THAT(status, IsRefusal(absl::StatusCode::kInvalidArgument, "ANSWERS_INVALID"));
  EXPECT_THAT(status, HasViolation("assessment.answers[1].item", "twice"));
  EXPECT_THAT(status, HasViolation("assessment.answers[2].item", "product-design-1-a"));
  EXPECT_THAT(status, HasViolation("assessment.answers[3].degree", "degree"));
}

TEST(AnswersTest, MergesByItem) {
  Answers saved;
  *saved.Add() = AnswerTo("data-1-a", kNot);
  *saved.Add() = AnswerTo("data-1-b", kNot);
  Answers given;
  *given.Add() = AnswerTo("data-1-b", kFully);
  *given.Add() = AnswerTo("data-2-a", kPartly);

  const Answers merged = Merged(saved, given);

  ASSERT_EQ(merged.size(), 3);
  EXPECT_EQ(merged[0].degree(), kNot);
  EXPECT_EQ(merged[1].degree(), kFully);
  EXPECT_EQ(merged[2].item(), "data-2-a");
}

}  // namespace
}  // namespace jiebang::maturity
