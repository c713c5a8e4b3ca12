#include "services/maturity/domain/diagnosis.h"

#include <random>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

using ::testing::IsEmpty;

constexpr auto kOfDiscrete = v1::MANUFACTURING_TYPE_DISCRETE;

Scope Whole(const std::shared_ptr<const MaturityModel>& model = ShippedModel()) {
  return *Scope::Of(model, kOfDiscrete, {}, "");
}

AnswerSheet SheetWith(const DegreeOf& degree_of) {
  return AnswerSheet::OfKept(*ShippedModel(), AnswerAll(*ShippedModel(), kOfDiscrete, degree_of));
}

// Fully up to a level, above it at random.
AnswerSheet ReachingOnly(int level, std::mt19937_64& random) {
  return SheetWith([&](auto&, const v1::Item& item) {
    return item.level() <= level ? v1::DEGREE_FULLY : static_cast<v1::Degree>(1 + random() % 2);
  });
}

google::protobuf::RepeatedPtrField<v1::ItemEffort> RandomEfforts(std::mt19937_64& random) {
  google::protobuf::RepeatedPtrField<v1::ItemEffort> efforts;
  for (const v1::Item* const item : ShippedModel()->items()) {
    v1::ItemEffort& effort = *efforts.Add();
    effort.set_item(item->id());
    effort.set_effort(1 + static_cast<std::int64_t>(random() % 60));
  }
  return efforts;
}

class DiagnosisProperties : public testing::Test {
 protected:
  DiagnosisProperties() { std::printf("seed %u\n", seed_); }
  const unsigned seed_ = std::random_device()();
  std::mt19937_64 random_{seed_};
};

TEST_F(DiagnosisProperties, ThePlanReachesTheNextLevelAndNoSmallerOneOfItDoes) {
  for (int level = 0; level < kLevels; ++level) {
    for (int round = 0; round < 10; ++round) {
      const AnswerSheet sheet = ReachingOnly(level, random_);
      const bool with_efforts = round % 2 == 1;
      ASSERT_OK_AND_ASSIGN(
          const Efforts efforts,
          Efforts::Of(*ShippedModel(), with_efforts ? RandomEfforts(random_) : decltype(RandomEfforts(random_))(), 0));

      ASSERT_OK_AND_ASSIGN(const v1::Diagnosis diagnosis, Diagnose(Whole(), sheet, efforts));

      ASSERT_EQ(diagnosis.next_level(), level + 1);
      EXPECT_GE(diagnosis.result_after_plan().level(), level + 1);
      for (const v1::ItemGain& left_out : diagnosis.plan()) {
        AnswerSheet without = sheet;
        for (const v1::ItemGain& step : diagnosis.plan()) {
          if (step.item() != left_out.item()) without.Set(*ShippedModel()->PlaceOfItem(step.item()), v1::DEGREE_FULLY);
        }
        EXPECT_EQ(ScoresOf(Whole(), without).level, level) << left_out.item();
      }
    }
  }
}

TEST_F(DiagnosisProperties, AGainIsWhatTheScoreGains) {
  const AnswerSheet sheet = ReachingOnly(2, random_);
  ASSERT_OK_AND_ASSIGN(const v1::Diagnosis diagnosis, Diagnose(Whole(), sheet, Efforts(*ShippedModel())));
  const Fraction before = ScoresOf(Whole(), sheet).levels[2];

  for (const v1::ItemGain& gain : diagnosis.gains()) {
    AnswerSheet raised = sheet;
    raised.Set(*ShippedModel()->PlaceOfItem(gain.item()), v1::DEGREE_FULLY);
    EXPECT_EQ(ScoresOf(Whole(), raised).levels[2], before + FromProto(gain.gain())) << gain.item();
  }
  EXPECT_EQ(before + FromProto(diagnosis.shortfall()), Fraction(4, 5));
}

TEST_F(DiagnosisProperties, WithoutEffortsNoSetOfFewerItemsIsEnough) {
  const AnswerSheet sheet = ReachingOnly(1, random_);
  ASSERT_OK_AND_ASSIGN(const v1::Diagnosis diagnosis, Diagnose(Whole(), sheet, Efforts(*ShippedModel())));

  // The plan has the largest gains, so one item fewer falls short whatever it is made of.
  Fraction most;
  for (int i = 0; i < diagnosis.plan_size() - 1; ++i) most = most + FromProto(diagnosis.gains(i).gain());
  EXPECT_LT(most, FromProto(diagnosis.shortfall()));
  EXPECT_EQ(diagnosis.plan_effort(), diagnosis.plan_size());
}

TEST(DiagnosisTest, AnItemThatCostsMuchIsLeftOutWhereOthersDo) {
  const AnswerSheet sheet =
      SheetWith([](auto&, const v1::Item& item) { return item.level() == 1 ? v1::DEGREE_FULLY : v1::DEGREE_NOT; });
  ASSERT_OK_AND_ASSIGN(const v1::Diagnosis plain, Diagnose(Whole(), sheet, Efforts(*ShippedModel())));
  google::protobuf::RepeatedPtrField<v1::ItemEffort> efforts;
  v1::ItemEffort& dear = *efforts.Add();
  dear.set_item(plain.plan(0).item());
  dear.set_effort(1000);
  ASSERT_OK_AND_ASSIGN(const Efforts given, Efforts::Of(*ShippedModel(), efforts, 1));

  ASSERT_OK_AND_ASSIGN(const v1::Diagnosis diagnosis, Diagnose(Whole(), sheet, given));

  for (const v1::ItemGain& step : diagnosis.plan()) EXPECT_NE(step.item(), dear.item());
  EXPECT_EQ(diagnosis.result_after_plan().level(), 2);
}

TEST(DiagnosisTest, ItemsBelowCountWhereASubdomainInherits) {
  // At level 4 组织战略 counts what it has at level 3.
  const AnswerSheet sheet = SheetWith([](const Leaf& leaf, const v1::Item& item) {
    if (item.level() == 3 && leaf.id() == "strategy") return v1::DEGREE_MOSTLY;
    return item.level() <= 3 ? v1::DEGREE_FULLY : v1::DEGREE_NOT;
  });

  ASSERT_OK_AND_ASSIGN(const v1::Diagnosis diagnosis, Diagnose(Whole(), sheet, Efforts(*ShippedModel())));

  const auto found = std::find_if(diagnosis.gains().begin(), diagnosis.gains().end(),
                                  [](const v1::ItemGain& gain) { return gain.item() == "strategy-3-a"; });
  ASSERT_NE(found, diagnosis.gains().end());
  EXPECT_EQ(found->level(), 3);
  EXPECT_EQ(FromProto(found->gain()), Fraction(3, 1000));  // 3 % × 0.2 ÷ 2
}

TEST(DiagnosisTest, AtTheHighestLevelNothingIsLeft) {
  ASSERT_OK_AND_ASSIGN(
      const v1::Diagnosis diagnosis,
      Diagnose(Whole(), SheetWith([](auto&, auto&) { return v1::DEGREE_MOSTLY; }), Efforts(*ShippedModel())));

  EXPECT_EQ(diagnosis.level(), 5);
  EXPECT_EQ(diagnosis.next_level(), 0);
  EXPECT_THAT(diagnosis.plan(), IsEmpty());
}

TEST(DiagnosisTest, UnderTheLiteralSumThereIsNoNextLevelToReach) {
  const auto model = ShippedModelWith(v1::Model::EMPTY_CELL_RULE_INHERIT, v1::Model::TOTAL_RULE_LITERAL_SUM);

  EXPECT_THAT(Diagnose(Whole(model), AnswerSheet(*model), Efforts(*model)),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "DIAGNOSIS_NEEDS_STOP_RULE"));
}

TEST(DiagnosisTest, NamesEveryEffortThatIsWrong) {
  google::protobuf::RepeatedPtrField<v1::ItemEffort> efforts;
  for (const char* const item : {"data-1-a", "moon-1-a", "data-1-a"}) {
    efforts.Add()->set_item(item);
    efforts[efforts.size() - 1].set_effort(1);
  }

  const absl::Status status = Efforts::Of(*ShippedModel(), efforts, 1).status();

  EXPECT_THAT(status, IsRefusal(absl::StatusCode::kInvalidArgument, "EFFORTS_INVALID"));
  EXPECT_THAT(status, HasViolation("efforts[1].item", "moon-1-a"));
  EXPECT_THAT(status, HasViolation("efforts[2].item", "twice"));
}

}  // namespace
}  // namespace jiebang::maturity
