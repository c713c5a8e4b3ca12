#include "services/maturity/domain/answer_sheet.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {
namespace {

// Everything that is wrong with answers, once it is known that something is.
absl::Status FaultsOf(const MaturityModel& model, v1::ManufacturingType type, const Answers& answers,
                      const std::string& parent) {
  std::vector<FieldViolation> violations;
  std::vector<bool> seen(model.items().size());
  for (int i = 0; i < answers.size(); ++i) {
    const v1::Answer& answer = answers[i];
    const std::string field = absl::StrCat(FieldPath(parent, "answers"), "[", i, "]");
    const std::optional<int> place = model.PlaceOfItem(answer.item());
    if (!place || !model.LeafOfItem(*place).IsIn(type)) {
      violations.push_back(errors::ItemUnknown(absl::StrCat(field, ".item"), answer.item()));
    } else if (seen[*place]) {
      violations.push_back(errors::ItemTwice(absl::StrCat(field, ".item"), answer.item()));
    } else {
      seen[*place] = true;
    }
    if (!IsDegree(answer.degree())) violations.push_back(errors::DegreeUnknown(absl::StrCat(field, ".degree")));
  }
  return errors::AnswersInvalid(std::move(violations));
}

}  // namespace

bool IsDegree(v1::Degree degree) { return degree != v1::DEGREE_UNSPECIFIED && v1::Degree_IsValid(degree); }

absl::StatusOr<AnswerSheet> AnswerSheet::Of(const MaturityModel& model, v1::ManufacturingType type,
                                            const Answers& answers, const std::string& parent) {
  AnswerSheet sheet(model);
  for (const v1::Answer& answer : answers) {
    const std::optional<int> place = model.PlaceOfItem(answer.item());
    if (!place || sheet.IsAnswered(*place) || !IsDegree(answer.degree()) || !model.LeafOfItem(*place).IsIn(type)) {
      return FaultsOf(model, type, answers, parent);
    }
    sheet.Set(*place, answer.degree());
  }
  return sheet;
}

absl::StatusOr<AnswerSheet> AnswerSheet::OfDegrees(const MaturityModel& model, v1::ManufacturingType type,
                                                   std::string_view degrees) {
  AnswerSheet sheet(model);
  std::size_t next = 0;
  std::size_t expected = 0;
  for (const Leaf& leaf : model.leaves()) {
    if (!leaf.IsIn(type)) continue;
    expected += leaf.item_count();
    for (int i = 0; i < leaf.item_count() && next < degrees.size(); ++i, ++next) {
      const char degree = degrees[next];
      if (degree < '0' || degree > '4') return errors::DegreesMalformed(next);
      sheet.Set(leaf.first_item + i, static_cast<v1::Degree>(degree - '0'));
    }
  }
  if (degrees.size() != expected) return errors::DegreesOfWrongLength(degrees.size(), expected);
  return sheet;
}

AnswerSheet AnswerSheet::OfKept(const MaturityModel& model, const Answers& answers) {
  AnswerSheet sheet(model);
  for (const v1::Answer& answer : answers) {
    if (const std::optional<int> place = model.PlaceOfItem(answer.item())) sheet.Set(*place, answer.degree());
  }
  return sheet;
}

}  // namespace jiebang::maturity
