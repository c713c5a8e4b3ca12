// What holds of every assessment, tried on random ones.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/fraction.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

using Rules = std::tuple<v1::Model::EmptyCellRule, v1::Model::TotalRule>;

class ScoringProperties : public testing::TestWithParam<Rules> {
 protected:
  ScoringProperties() { std::printf("seed %u\n", seed_); }

  std::size_t Below(std::size_t limit) { return random_() % limit; }

  // A scope with anything tailored out that may be.
  Scope AnyScope() {
    const auto type = Below(2) == 0 ? v1::MANUFACTURING_TYPE_DISCRETE : v1::MANUFACTURING_TYPE_PROCESS;
    TailoredSubdomains tailored;
    for (const Leaf& leaf : model_->leaves()) {
      if (leaf.IsIn(type) && !leaf.domain->mandatory() && Below(3) == 0) tailored.Add()->set_subdomain(leaf.id());
    }
    absl::StatusOr<Scope> scope = Scope::Of(model_, type, tailored, "");
    EXPECT_THAT(scope, IsOk());
    return *std::move(scope);
  }

  // Answers that reach any level: each level has its own odds of a good answer, and an item in twenty has none.
  Answers AnyAnswers(const Scope& scope) {
    const std::size_t good_up_to = Below(kLevels + 1);
    return AnswerAll(*model_, scope.type(), [&](const Leaf&, const v1::Item& item) {
      if (Below(20) == 0) return v1::DEGREE_UNSPECIFIED;
      if (item.level() <= static_cast<int>(good_up_to) && Below(8) != 0) {
        return Below(2) == 0 ? v1::DEGREE_MOSTLY : v1::DEGREE_FULLY;
      }
      return static_cast<v1::Degree>(1 + Below(4));
    });
  }

  std::shared_ptr<const MaturityModel> model_ = ShippedModelWith(std::get<0>(GetParam()), std::get<1>(GetParam()));
  const unsigned seed_ = std::random_device()();
  std::mt19937_64 random_{seed_};
};

INSTANTIATE_TEST_SUITE_P(AllRules, ScoringProperties,
                         testing::Combine(testing::Values(v1::Model::EMPTY_CELL_RULE_INHERIT,
                                                          v1::Model::EMPTY_CELL_RULE_RENORMALISE),
                                          testing::Values(v1::Model::TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED,
                                                          v1::Model::TOTAL_RULE_LITERAL_SUM)));

TEST_P(ScoringProperties, RaisingAnAnswerLowersNothing) {
  for (int round = 0; round < 300; ++round) {
    const Scope scope = AnyScope();
    Answers answers = AnyAnswers(scope);
    const v1::Result before = ResultFor(scope, answers);
    v1::Answer& raised = answers[static_cast<int>(Below(answers.size()))];
    if (raised.degree() == v1::DEGREE_FULLY) continue;
    raised.set_degree(static_cast<v1::Degree>(raised.degree() + 1));

    const v1::Result after = ResultFor(scope, answers);

    EXPECT_GE(after.level(), before.level()) << raised.item();
    EXPECT_GE(FromProto(after.total()), FromProto(before.total())) << raised.item();
    for (int i = 0; i < kLevels; ++i) {
      EXPECT_GE(FromProto(after.levels(i).score()), FromProto(before.levels(i).score())) << raised.item();
    }
  }
}

TEST_P(ScoringProperties, TheOrderOfAnswersDoesNotMatter) {
  for (int round = 0; round < 100; ++round) {
    const Scope scope = AnyScope();
    Answers answers = AnyAnswers(scope);
    const std::string before = ResultFor(scope, answers).SerializeAsString();

    std::shuffle(answers.pointer_begin(), answers.pointer_end(), random_);

    EXPECT_EQ(ResultFor(scope, answers).SerializeAsString(), before);
  }
}

TEST_P(ScoringProperties, AnAnswerOfNotIsWorthAsMuchAsNone) {
  for (int round = 0; round < 100; ++round) {
    const Scope scope = AnyScope();
    Answers answers = AnyAnswers(scope);
    Answers without;
    for (const v1::Answer& answer : answers) {
      if (answer.degree() != v1::DEGREE_NOT) *without.Add() = answer;
    }

    const v1::Result with = ResultFor(scope, answers);
    const v1::Result less = ResultFor(scope, without);

    EXPECT_EQ(with.level(), less.level());
    EXPECT_EQ(FromProto(with.total()), FromProto(less.total()));
  }
}

TEST_P(ScoringProperties, TheLevelAgreesWithTheThresholdsOfTheTotal) {
  for (int round = 0; round < 300; ++round) {
    const Scope scope = AnyScope();

    const v1::Result result = ResultFor(scope, AnyAnswers(scope));

    const Fraction total = FromProto(result.total());
    const Fraction threshold(4, 5);
    int by_total = 0;
    while (by_total < kLevels && total >= Fraction(by_total, 1) + threshold) ++by_total;
    EXPECT_EQ(result.level(), by_total) << result.total().decimal();
  }
}

// The model without what can be left out: tailoring it all out must be the same as never having had it.
std::shared_ptr<const MaturityModel> MandatoryOnly(const MaturityModel& model) {
  v1::Model proto = model.proto();
  for (v1::Element& element : *proto.mutable_elements()) {
    auto& domains = *element.mutable_domains();
    for (int i = domains.size(); i-- > 0;) {
      if (!domains[i].mandatory()) domains.DeleteSubrange(i, 1);
    }
  }
  return std::make_shared<const MaturityModel>(proto);
}

TEST_P(ScoringProperties, TailoringAllThatMayBeIsTheMandatoryModel) {
  const auto mandatory = MandatoryOnly(*model_);
  for (const auto type : {v1::MANUFACTURING_TYPE_DISCRETE, v1::MANUFACTURING_TYPE_PROCESS}) {
    TailoredSubdomains tailored;
    for (const Leaf& leaf : model_->leaves()) {
      if (leaf.IsIn(type) && !leaf.domain->mandatory()) tailored.Add()->set_subdomain(leaf.id());
    }
    ASSERT_OK_AND_ASSIGN(const Scope scope, Scope::Of(model_, type, tailored, ""));
    ASSERT_OK_AND_ASSIGN(const Scope whole, Scope::Of(mandatory, type, {}, ""));
    for (int round = 0; round < 50; ++round) {
      const Answers answers = AnyAnswers(scope);
      EXPECT_EQ(ResultFor(scope, answers).SerializeAsString(), ResultFor(whole, answers).SerializeAsString());
    }
  }
}

// The formula again as the standard writes it, layer by layer, in floating point.
TEST_P(ScoringProperties, AgreesWithThePlainFormula) {
  for (int round = 0; round < 100; ++round) {
    const Scope scope = AnyScope();
    const v1::Result result = ResultFor(scope, AnyAnswers(scope));
    for (const v1::LevelScore& level : result.levels()) {
      double numerator = 0;
      double all_elements = 0;
      for (const v1::Element& element : model_->proto().elements()) {
        double element_score = 0;
        double all_domains = 0;
        for (const v1::Domain& domain : element.domains()) {
          double domain_score = 0;
          double all_subdomains = 0;
          for (const v1::Subdomain& subdomain : domain.subdomains()) {
            for (const v1::SubdomainScore& scored : level.subdomains()) {
              if (scored.subdomain() != subdomain.id()) continue;
              const int weight = WeightFor(subdomain.weights(), scope.type());
              domain_score += weight * static_cast<double>(scored.score().numerator()) /
                              static_cast<double>(scored.score().denominator());
              all_subdomains += weight;
            }
          }
          if (all_subdomains == 0) continue;
          const int weight = WeightFor(domain.weights(), scope.type());
          element_score += weight * domain_score / all_subdomains;
          all_domains += weight;
        }
        if (all_domains == 0) continue;
        const int weight = WeightFor(element.weights(), scope.type());
        numerator += weight * element_score / all_domains;
        all_elements += weight;
      }
      EXPECT_NEAR(static_cast<double>(level.score().numerator()) / static_cast<double>(level.score().denominator()),
                  numerator / all_elements, 1e-12);
    }
  }
}

}  // namespace
}  // namespace jiebang::maturity
