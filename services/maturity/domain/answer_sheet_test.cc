#include "services/maturity/domain/answer_sheet.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

// One character for each item of the type, cycling through all degrees and none.
std::string Compact(v1::ManufacturingType type, Answers& same) {
  std::string degrees;
  for (const Leaf& leaf : ShippedModel()->leaves()) {
    if (!leaf.IsIn(type)) continue;
    for (const v1::Item& item : leaf.subdomain->items()) {
      const auto degree = static_cast<v1::Degree>(degrees.size() % 5);
      degrees.push_back(static_cast<char>('0' + degree));
      if (degree != v1::DEGREE_UNSPECIFIED) *same.Add() = AnswerTo(item.id(), degree);
    }
  }
  return degrees;
}

class CompactSheet : public testing::TestWithParam<v1::ManufacturingType> {};
INSTANTIATE_TEST_SUITE_P(, CompactSheet,
                         testing::Values(v1::MANUFACTURING_TYPE_DISCRETE, v1::MANUFACTURING_TYPE_PROCESS));

TEST_P(CompactSheet, SaysTheSameAsAnswersByItem) {
  Answers answers;
  const std::string degrees = Compact(GetParam(), answers);

  ASSERT_OK_AND_ASSIGN(const AnswerSheet compact, AnswerSheet::OfDegrees(*ShippedModel(), GetParam(), degrees));
  ASSERT_OK_AND_ASSIGN(const AnswerSheet by_item, AnswerSheet::Of(*ShippedModel(), GetParam(), answers, "answers"));

  for (int place = 0; place < static_cast<int>(ShippedModel()->items().size()); ++place) {
    EXPECT_EQ(compact.At(place), by_item.At(place)) << ShippedModel()->items()[place]->id();
  }
}

TEST_P(CompactSheet, OfAnotherLengthIsRefused) {
  Answers answers;
  const std::string degrees = Compact(GetParam(), answers);

  for (const std::string& wrong : {degrees + "4", degrees.substr(1), std::string()}) {
    EXPECT_THAT(AnswerSheet::OfDegrees(*ShippedModel(), GetParam(), wrong),
                IsRefusal(absl::StatusCode::kInvalidArgument, "DEGREES_INVALID"));
  }
}

TEST_P(CompactSheet, WithAnotherCharacterIsRefused) {
  Answers answers;
  std::string degrees = Compact(GetParam(), answers);
  degrees[7] = '5';

  const auto sheet = AnswerSheet::OfDegrees(*ShippedModel(), GetParam(), degrees);

  EXPECT_THAT(sheet, IsRefusal(absl::StatusCode::kInvalidArgument, "DEGREES_INVALID"));
  EXPECT_THAT(sheet, HasViolation("degrees", "character 8"));
}

}  // namespace
}  // namespace jiebang::maturity
