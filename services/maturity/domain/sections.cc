#include "services/maturity/domain/sections.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {

void RefreshSections(const Scope& scope, const AnswerSheet& sheet, absl::Time now, v1::Assessment& draft) {
  std::map<std::string, v1::Section> before;
  for (v1::Section& section : *draft.mutable_sections()) before[section.subdomain()] = std::move(section);
  draft.clear_sections();
  for (std::size_t i = 0; i < scope.counts().size(); ++i) {
    if (!scope.counts()[i]) continue;
    const Leaf& leaf = scope.model().leaves()[i];
    v1::Section& section = *draft.add_sections();
    section = std::move(before[leaf.id()]);
    section.set_subdomain(leaf.id());
    section.set_item_count(leaf.item_count());
    int answered = 0;
    for (int place = leaf.first_item; place < leaf.first_item + leaf.item_count(); ++place) {
      answered += sheet.IsAnswered(place) ? 1 : 0;
    }
    section.set_answered_count(answered);
    if (section.etag().empty()) section.set_etag(absl::StrCat(absl::ToUnixMicros(now)));
  }
}

void MarkSaved(const std::set<std::string>& subdomains, const Act& act, v1::Assessment& draft) {
  for (v1::Section& section : *draft.mutable_sections()) {
    if (!subdomains.contains(section.subdomain())) continue;
    std::int64_t version = 0;
    if (!absl::SimpleAtoi(section.etag(), &version)) version = 0;
    section.set_etag(absl::StrCat(version + 1));
    *section.mutable_update_time() = ToTimestamp(act.at);
    section.set_updated_by(act.by);
  }
}

absl::Status CheckAnswersOfSection(const MaturityModel& model, const std::string& subdomain, const Answers& answers) {
  std::vector<FieldViolation> violations;
  for (int i = 0; i < answers.size(); ++i) {
    const std::optional<int> place = model.PlaceOfItem(answers[i].item());
    if (place && model.LeafOfItem(*place).id() == subdomain) continue;
    violations.push_back(
        errors::ItemOfAnotherSection(absl::StrCat("answers[", i, "].item"), answers[i].item(), subdomain));
  }
  if (violations.empty()) return absl::OkStatus();
  return errors::AnswersInvalid(std::move(violations));
}

}  // namespace jiebang::maturity
