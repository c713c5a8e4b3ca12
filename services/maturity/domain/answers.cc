#include "services/maturity/domain/answers.h"

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {

std::optional<int> TenthsOf(v1::Answer::Degree degree) {
  switch (degree) {
    case v1::Answer::DEGREE_NOT:
      return 0;
    case v1::Answer::DEGREE_PARTLY:
      return 5;
    case v1::Answer::DEGREE_MOSTLY:
      return 8;
    case v1::Answer::DEGREE_FULLY:
      return 10;
    default:
      return std::nullopt;
  }
}

absl::Status CheckAnswers(const MaturityModel& model, v1::ManufacturingType type, const Answers& answers,
                          const std::string& parent) {
  std::vector<FieldViolation> violations;
  std::unordered_set<std::string_view> seen;
  for (int i = 0; i < answers.size(); ++i) {
    const v1::Answer& answer = answers[i];
    const std::string field = absl::StrCat(FieldPath(parent, "answers"), "[", i, "]");
    const Leaf* const leaf = model.SubdomainOfItem(answer.item());
    if (leaf == nullptr || !leaf->IsIn(type)) {
      violations.push_back(errors::ItemUnknown(absl::StrCat(field, ".item"), answer.item()));
    } else if (!seen.insert(answer.item()).second) {
      violations.push_back(errors::ItemTwice(absl::StrCat(field, ".item"), answer.item()));
    }
    if (!TenthsOf(answer.degree())) violations.push_back(errors::DegreeUnknown(absl::StrCat(field, ".degree")));
  }
  if (violations.empty()) return absl::OkStatus();
  return errors::AnswersInvalid(std::move(violations));
}

Answers Merged(Answers saved, const Answers& given) {
  std::unordered_map<std::string, int> place;
  for (int i = 0; i < saved.size(); ++i) place[saved[i].item()] = i;
  for (const v1::Answer& answer : given) {
    const auto [found, is_new] = place.emplace(answer.item(), saved.size());
    if (is_new) {
      *saved.Add() = answer;
    } else {
      saved[found->second] = answer;
    }
  }
  return saved;
}

std::vector<std::string> UnansweredItems(const Scope& scope, const Answers& answers) {
  std::unordered_set<std::string_view> answered;
  for (const v1::Answer& answer : answers) answered.insert(answer.item());
  std::vector<std::string> missing;
  const std::vector<Leaf>& leaves = scope.model().leaves();
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!scope.counts()[i]) continue;
    for (const auto& items : leaves[i].items) {
      for (const v1::Item* const item : items) {
        if (!answered.contains(item->id())) missing.push_back(item->id());
      }
    }
  }
  return missing;
}

}  // namespace jiebang::maturity
