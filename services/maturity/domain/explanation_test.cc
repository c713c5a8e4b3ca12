#include "services/maturity/domain/explanation.h"

#include <random>

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

// The sum of weight × score of the parts; their weights sum to 1.
template <class Parts>
Fraction SumOf(const Parts& parts) {
  Fraction sum;
  Fraction weights;
  for (const auto& part : parts) {
    sum = sum + FromProto(part.weight()) * FromProto(part.score());
    weights = weights + FromProto(part.weight());
  }
  EXPECT_EQ(weights, Fraction(1, 1));
  return sum;
}

Fraction MeanOfItems(const v1::ExplainedSubdomain& subdomain) {
  Fraction sum;
  for (const v1::ExplainedItem& item : subdomain.items()) sum = sum + FromProto(item.score());
  return sum * Fraction(1, subdomain.items_size());
}

void ExpectEveryNumberIsMadeOfThoseBelow(const v1::Explanation& explanation) {
  Fraction total;
  for (const v1::ExplainedLevel& level : explanation.levels()) {
    EXPECT_EQ(SumOf(level.elements()), FromProto(level.score()));
    total = total + FromProto(level.counted());
    for (const v1::ExplainedElement& element : level.elements()) {
      EXPECT_EQ(SumOf(element.domains()), FromProto(element.score())) << element.element();
      for (const v1::ExplainedDomain& domain : element.domains()) {
        EXPECT_EQ(SumOf(domain.subdomains()), FromProto(domain.score())) << domain.domain();
        for (const v1::ExplainedSubdomain& subdomain : domain.subdomains()) {
          EXPECT_EQ(MeanOfItems(subdomain), FromProto(subdomain.score())) << subdomain.subdomain();
        }
      }
    }
  }
  EXPECT_EQ(total, FromProto(explanation.result().total()));
}

TEST(ExplanationTest, EveryNumberIsMadeOfThoseBelow) {
  const unsigned seed = std::random_device()();
  std::printf("seed %u\n", seed);
  std::mt19937_64 random(seed);
  for (const std::string& name : ShippedModels().names()) {
    const auto model = ShippedModels().Find(name);
    for (const auto type : {v1::MANUFACTURING_TYPE_DISCRETE, v1::MANUFACTURING_TYPE_PROCESS}) {
      for (int round = 0; round < 30; ++round) {
        TailoredSubdomains tailored;
        for (const Leaf& leaf : model->leaves()) {
          if (leaf.IsIn(type) && !leaf.domain->mandatory() && random() % 3 == 0) {
            tailored.Add()->set_subdomain(leaf.id());
          }
        }
        ASSERT_OK_AND_ASSIGN(const Scope scope, Scope::Of(model, type, tailored, ""));
        const std::size_t good_up_to = random() % 6;
        const Answers answers = AnswerAll(*model, type, [&](auto&, const v1::Item& item) {
          return static_cast<std::size_t>(item.level()) <= good_up_to ? v1::DEGREE_MOSTLY
                                                                      : static_cast<v1::Degree>(random() % 5);
        });
        ExpectEveryNumberIsMadeOfThoseBelow(Explain(scope, AnswerSheet::OfKept(*model, answers)));
      }
    }
  }
}

TEST(ExplanationTest, NamesTheRulesAndWhereACellInherits) {
  ASSERT_OK_AND_ASSIGN(const Scope scope, Scope::Of(ShippedModel(), v1::MANUFACTURING_TYPE_DISCRETE, {}, ""));

  const v1::Explanation explanation = Explain(scope, AnswerSheet(*ShippedModel()));

  EXPECT_EQ(explanation.total_rule(), v1::Model::TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED);
  EXPECT_EQ(explanation.tailoring_rule(), v1::Model::TAILORING_RULE_WITHIN_LAYER);
  EXPECT_EQ(explanation.threshold().decimal(), "0.8000");
  const v1::ExplainedSubdomain& strategy = explanation.levels(4).elements(0).domains(0).subdomains(0);
  EXPECT_EQ(strategy.inherited_from_level(), 3);
  EXPECT_EQ(strategy.items(0).item(), "strategy-3-a");
}

}  // namespace
}  // namespace jiebang::maturity
