#include "services/maturity/domain/answers.h"

#include <unordered_map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {

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

std::vector<std::string> UnansweredItems(const Scope& scope, const AnswerSheet& sheet) {
  std::vector<std::string> missing;
  const std::vector<Leaf>& leaves = scope.model().leaves();
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!scope.counts()[i]) continue;
    for (int place = leaves[i].first_item; place < leaves[i].first_item + leaves[i].item_count(); ++place) {
      if (!sheet.IsAnswered(place)) missing.push_back(scope.model().items()[place]->id());
    }
  }
  return missing;
}

absl::Status CheckEvidence(const std::string& assessment, const Answers& answers, const std::string& parent) {
  const std::string own = absl::StrCat(assessment, "/attachments/");
  std::vector<FieldViolation> violations;
  for (int i = 0; i < answers.size(); ++i) {
    for (int j = 0; j < answers[i].evidence_size(); ++j) {
      const v1::Evidence& evidence = answers[i].evidence(j);
      const std::string field = absl::StrCat(FieldPath(parent, "answers"), "[", i, "].evidence[", j, "]");
      if (evidence.where_case() == v1::Evidence::WHERE_NOT_SET) {
        violations.push_back(errors::EvidenceNowhere(field));
      } else if (evidence.has_attachment() && !absl::StartsWith(evidence.attachment(), own)) {
        violations.push_back(errors::AttachmentOfAnother(absl::StrCat(field, ".attachment"), evidence.attachment()));
      }
    }
  }
  if (violations.empty()) return absl::OkStatus();
  return errors::AnswersInvalid(std::move(violations));
}

}  // namespace jiebang::maturity
