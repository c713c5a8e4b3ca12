#include "services/application/domain/rules/coverage.h"

#include <set>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace jiebang::application::rules {
namespace {

using absl::StrCat;
using programme::v1::LinkSet;

// Distinct links by their ids.
struct CoveredLinks {
  std::set<std::string> of_catalogue;
  std::set<std::string> own;
};

CoveredLinks Covered(const Case& a_case) {
  CoveredLinks covered;
  for (const v1::ScenarioInstance& instance : a_case.application.scenario_instances()) {
    if (!instance.scenario().empty()) {
      const auto* link = a_case.programme.LinkOfScenario(instance.scenario());
      if (link != nullptr) covered.of_catalogue.insert(link->id());
    } else if (a_case.programme.FindLink(instance.own_link()) != nullptr) {
      covered.of_catalogue.insert(instance.own_link());
    } else if (!instance.own_link().empty()) {
      covered.own.insert(instance.own_link());
    }
  }
  return covered;
}

int CountIn(const LinkSet& set, const CoveredLinks& covered) {
  return static_cast<int>(
      absl::c_count_if(set.links(), [&](const std::string& link) { return covered.of_catalogue.contains(link); }));
}

}  // namespace

Breaches CheckCoverage(const programme::v1::Coverage& rule, const Case& a_case) {
  const CoveredLinks covered = Covered(a_case);
  Breaches breaches;
  const auto breach = [&](std::string zh, std::string en) {
    breaches.push_back({.field = "scenario_instances", .zh = std::move(zh), .en = std::move(en)});
  };

  const int links = static_cast<int>(covered.of_catalogue.size() + (rule.own_links_count() ? covered.own.size() : 0));
  if (links < rule.least_links()) {
    breach(StrCat("覆盖", links, "个环节，至少需要", rule.least_links(), "个"),
           StrCat("Covers ", links, " link(s); at least ", rule.least_links(), " are needed."));
  }
  for (const auto& minimum : rule.link_set_minimums()) {
    const LinkSet* set = a_case.programme.FindLinkSet(minimum.link_set());
    if (set == nullptr) continue;  // the loader lets none through, here and below
    const int count = CountIn(*set, covered);
    if (count >= minimum.least()) continue;
    breach(
        StrCat("在“", set->name().zh(), "”中覆盖", count, "个环节，至少需要", minimum.least(), "个"),
        StrCat("Covers ", count, " link(s) of \"", set->name().en(), "\"; at least ", minimum.least(), " are needed."));
  }
  std::vector<std::string> zh;
  std::vector<std::string> en;
  for (const std::string& id : rule.areas()) {
    const LinkSet* area = a_case.programme.FindLinkSet(id);
    if (area == nullptr || CountIn(*area, covered) > 0) continue;
    zh.push_back(area->name().zh());
    en.push_back(area->name().en());
  }
  if (!zh.empty()) {
    breach(StrCat("应覆盖", rule.areas_size(), "个领域，尚缺", zh.size(), "个：", absl::StrJoin(zh, "、")),
           StrCat(rule.areas_size(), " area(s) have to be covered; ", en.size(), " missing: ", absl::StrJoin(en, ", "),
                  "."));
  }
  return breaches;
}

}  // namespace jiebang::application::rules
