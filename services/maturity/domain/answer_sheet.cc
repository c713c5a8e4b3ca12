#include "services/maturity/domain/answer_sheet.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {
namespace {

constexpr int kNowhere = -1;

// Everything that is wrong with answers, once it is known that something is.
absl::Status FaultsOf(const MaturityModel& model, v1::ManufacturingType type, const Answers& answers,
                      const std::string& list) {
  std::vector<FieldViolation> violations;
  std::vector<bool> seen(model.items().size());
  for (int i = 0; i < answers.size(); ++i) {
    const v1::Answer& answer = answers[i];
    const std::string field = absl::StrCat(list, "[", i, "]");
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

absl::StatusOr<AnswerSheet> AnswerSheet::Of(const MaturityModel& model, v1::ManufacturingType type,
                                            const Answers& answers, const std::string& field) {
  AnswerSheet sheet(model);
  int next = 0;  // Whoever answers a model mostly goes through it in its order.
  for (const v1::Answer& answer : answers) {
    const int place = model.IsItemAt(next, answer.item()) ? next : model.PlaceOfItem(answer.item()).value_or(kNowhere);
    if (place == kNowhere || sheet.IsAnswered(place) || !IsDegree(answer.degree()) ||
        !model.LeafOfItem(place).IsIn(type)) {
      return FaultsOf(model, type, answers, field);
    }
    sheet.Set(place, answer.degree());
    next = place + 1;
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
