#include "services/maturity/domain/conditions.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity {

std::vector<v1::OpenedCondition> ConditionsOpened(const programme::Programmes& programmes, const std::string& model,
                                                  int from, int to) {
  std::vector<v1::OpenedCondition> opened;
  for (const std::string& id : programmes.ids()) {
    const std::shared_ptr<const programme::Programme> programme = programmes.Find(id);
    for (const programme::v1::Rule& rule : programme->proto().rules()) {
      if (!rule.has_maturity() || absl::StrCat("models/", rule.maturity().model()) != model) continue;
      if (rule.maturity().least_level() <= from || rule.maturity().least_level() > to) continue;
      v1::OpenedCondition condition;
      condition.set_programme(absl::StrCat("programmes/", id));
      *condition.mutable_programme_title() = programme->proto().name();
      condition.set_rule(rule.id());
      *condition.mutable_text() = rule.text();
      *condition.mutable_clause() = rule.clause();
      *condition.mutable_tracks() = rule.tracks();
      condition.set_least_level(rule.maturity().least_level());
      condition.set_maximum_age_months(rule.maturity().max_age_months());
      opened.push_back(std::move(condition));
    }
  }
  return opened;
}

}  // namespace jiebang::maturity
