#include "services/application/domain/rules/scenarios.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "services/application/domain/characters.h"

namespace jiebang::application::rules {

using absl::StrCat;

Breaches CheckScenarioInstances(const programme::v1::ScenarioInstances& rule, const Case& a_case) {
  const auto& instances = a_case.application.scenario_instances();
  Breaches breaches;
  if (instances.size() < rule.least()) {
    breaches.push_back({.field = "scenario_instances",
                        .zh = StrCat("有", instances.size(), "个场景实例，至少需要", rule.least(), "个"),
                        .en = StrCat(instances.size(), " scenario instance(s); at least ", rule.least(), ".")});
  }
  if (rule.most() > 0 && instances.size() > rule.most()) {
    breaches.push_back({.field = "scenario_instances",
                        .zh = StrCat("有", instances.size(), "个场景实例，最多", rule.most(), "个"),
                        .en = StrCat(instances.size(), " scenario instance(s); at most ", rule.most(), ".")});
  }
  for (int i = 0; i < instances.size(); ++i) {
    const std::string path = StrCat("scenario_instances[", i, "]");
    if (instances[i].scenario().empty() && !rule.outside_catalogue_allowed()) {
      breaches.push_back({.field = StrCat(path, ".scenario"),
                          .zh = StrCat("第", i + 1, "个场景不在典型场景参考指引之内"),
                          .en = StrCat("Scenario ", i + 1, " is outside of the catalogue.")});
    }
    const std::int64_t characters = CountCharacters(instances[i].description());
    if (rule.max_characters() > 0 && characters > rule.max_characters()) {
      breaches.push_back({.field = StrCat(path, ".description"),
                          .zh = StrCat("第", i + 1, "个场景描述", characters, "字，超过", rule.max_characters(), "字"),
                          .en = StrCat("The description of scenario ", i + 1, " has ", characters,
                                       " characters; at most ", rule.max_characters(), ".")});
    }
  }
  return breaches;
}

}  // namespace jiebang::application::rules
