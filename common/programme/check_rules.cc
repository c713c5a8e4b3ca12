// What must hold between tracks, catalogue, industries and rules.
#include <cstdint>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/programme/checks.h"

namespace jiebang::programme {
namespace {

class RuleChecks {
 public:
  explicit RuleChecks(const Programme& programme) : programme_(programme), proto_(programme.proto()) {}

  Findings Run() {
    CheckTracks();
    CheckCatalogue();
    CheckIndustries();
    CheckModels();
    for (int i = 0; i < proto_.rules_size(); ++i) CheckRule(proto_.rules(i), At("rules", i));
    return std::move(findings_);
  }

 private:
  // A track refers only to tracks above it, so that no chain of them closes.
  void CheckTracks() {
    absl::flat_hash_set<std::string> above;
    for (int i = 0; i < proto_.tracks_size(); ++i) {
      const v1::Track& track = proto_.tracks(i);
      const std::string at = At("tracks", i);
      for (const auto& [field, other] :
           {std::pair("extends", &track.extends()), std::pair("grows_from", &track.grows_from())}) {
        if (!other->empty() && programme_.FindTrack(*other) != nullptr && !above.contains(*other)) {
          findings_.Add(Of(at, field), absl::StrCat("`", *other, "` must stand above `", track.id(), "`"));
        }
      }
      const v1::Track* base = programme_.FindTrack(track.extends());
      if (base != nullptr && !base->extends().empty()) {
        findings_.Add(Of(at, "extends"), absl::StrCat("`", base->id(), "` extends a track itself"));
      }
      if (base != nullptr && base->described_only() && !track.described_only()) {
        findings_.Add(Of(at, "extends"), absl::StrCat("`", base->id(), "` takes no applications"));
      }
      above.insert(track.id());
    }
  }

  void CheckCatalogue() {
    const v1::Catalogue& catalogue = proto_.catalogue();
    int last_link = 0;
    int last_scenario = 0;
    for (int i = 0; i < catalogue.links_size(); ++i) {
      const v1::Link& link = catalogue.links(i);
      const std::string at = Of("catalogue", At("links", i));
      CheckFollows(last_link, link.number(), Of(at, "number"));
      for (int k = 0; k < link.scenarios_size(); ++k) {
        CheckFollows(last_scenario, link.scenarios(k).number(), Of(Of(at, At("scenarios", k)), "number"));
      }
    }
    CheckDisjoint(catalogue.aspects(), "catalogue.aspects");
    CheckDisjoint(catalogue.areas(), "catalogue.areas");
  }

  void CheckFollows(int& last, int number, const std::string& path) {
    if (number != last + 1) findings_.Add(path, absl::StrCat("`number` is ", number, " after ", last));
    last = number;
  }

  void CheckDisjoint(const google::protobuf::RepeatedPtrField<v1::LinkSet>& sets, const std::string& path) {
    absl::flat_hash_map<std::string, std::string> set_of_link;
    for (int i = 0; i < sets.size(); ++i) {
      for (int k = 0; k < sets[i].links_size(); ++k) {
        const auto [taken, is_new] = set_of_link.emplace(sets[i].links(k), sets[i].id());
        if (is_new) continue;
        findings_.Add(Of(At(path, i), At("links", k)),
                      absl::StrCat("the link `", sets[i].links(k), "` is in `", taken->second, "` already"));
      }
    }
  }

  void CheckIndustries() {
    absl::flat_hash_map<std::string, std::string> sub_sector_of_code;
    for (int i = 0; i < proto_.industry_families_size(); ++i) {
      const v1::IndustryFamily& family = proto_.industry_families(i);
      for (int k = 0; k < family.sub_sectors_size(); ++k) {
        const v1::SubSector& sub_sector = family.sub_sectors(k);
        for (int n = 0; n < sub_sector.codes_size(); ++n) {
          const auto [taken, is_new] = sub_sector_of_code.emplace(sub_sector.codes(n), sub_sector.id());
          if (is_new) continue;
          findings_.Add(Of(Of(At("industry_families", i), At("sub_sectors", k)), At("codes", n)),
                        absl::StrCat("the code ", sub_sector.codes(n), " stands in `", taken->second, "` already"));
        }
      }
    }
  }

  void CheckModels() {
    for (int i = 0; i < proto_.indicator_lists_size(); ++i) {
      const v1::IndicatorList& list = proto_.indicator_lists(i);
      absl::flat_hash_set<std::string> seen;
      int last = 0;
      for (int k = 0; k < list.groups_size(); ++k) {
        for (int n = 0; n < list.groups(k).indicators_size(); ++n) {
          const v1::Indicator& indicator = list.groups(k).indicators(n);
          const std::string at = Of(Of(At("indicator_lists", i), At("groups", k)), At("indicators", n));
          CheckFollows(last, indicator.number(), Of(at, "number"));
          if (!seen.insert(indicator.id()).second) {
            findings_.Add(at, absl::StrCat("the id `", indicator.id(), "` is used twice in the list"));
          }
        }
      }
    }
  }

  void CheckRule(const v1::Rule& rule, const std::string& path) {
    CheckStrength(rule, path);
    switch (rule.kind_case()) {
      case v1::Rule::kHoldsTitle:
        CheckYears(rule.holds_title(), Of(path, "holds_title"));
        break;
      case v1::Rule::kHoldsNoTitle:
        CheckYears(rule.holds_no_title(), Of(path, "holds_no_title"));
        break;
      case v1::Rule::kMaturity:
        CheckMaturity(rule.maturity(), Of(path, "maturity"));
        break;
      case v1::Rule::kIndustry:
        if (rule.industry().families().empty() && rule.industry().sub_sectors().empty() &&
            rule.industry().codes().empty()) {
          findings_.Add(Of(path, "industry"), "needs a family, a sub-sector or a code");
        }
        break;
      case v1::Rule::kSectionText:
        if (!rule.section_text().required() && rule.section_text().max_characters() == 0) {
          findings_.Add(Of(path, "section_text"), "asks for nothing: neither `required` nor `max_characters`");
        }
        break;
      case v1::Rule::kScenarioInstances:
        CheckInstances(rule.scenario_instances(), Of(path, "scenario_instances"));
        break;
      case v1::Rule::kCoverage:
        CheckCoverage(rule.coverage(), Of(path, "coverage"));
        break;
      case v1::Rule::kIndicators:
        CheckIndicators(rule.indicators(), Of(path, "indicators"));
        break;
      default:
        break;  // what there is to say of the others, their fields say
    }
  }

  // The platform can judge every kind but these two by what it knows; only these may rest on the applicant's word.
  void CheckStrength(const v1::Rule& rule, const std::string& path) {
    const bool is_declared = rule.strength() == v1::STRENGTH_DECLARATION;
    if (rule.has_declaration() && !is_declared) {
      findings_.Add(Of(path, "strength"), "a declaration has the strength STRENGTH_DECLARATION");
    }
    if (is_declared && !rule.has_declaration() && !rule.has_no_incident()) {
      findings_.Add(Of(path, "strength"),
                    "only `declaration` and `no_incident` can have the strength STRENGTH_DECLARATION");
    }
  }

  void CheckYears(const v1::TitleCondition& condition, const std::string& path) {
    for (int i = 0; i < condition.any_of_size(); ++i) {
      const v1::TitleSelector& selector = condition.any_of(i);
      if (selector.last_year() != 0 && selector.last_year() < selector.first_year()) {
        findings_.Add(Of(Of(path, At("any_of", i)), "last_year"), "`last_year` is before `first_year`");
      }
    }
  }

  void CheckMaturity(const v1::Maturity& maturity, const std::string& path) {
    const auto model = absl::c_find_if(proto_.models(), [&](const auto& one) { return one.id() == maturity.model(); });
    if (model != proto_.models().end() && model->kind() != v1::MODEL_KIND_MATURITY) {
      findings_.Add(Of(path, "model"), absl::StrCat("`", maturity.model(), "` is no maturity model"));
    }
  }

  void CheckInstances(const v1::ScenarioInstances& instances, const std::string& path) {
    if (instances.most() != 0 && instances.most() < instances.least()) {
      findings_.Add(Of(path, "most"), "`most` is less than `least`");
    }
    if (!proto_.has_catalogue() && !instances.outside_catalogue_allowed()) {
      findings_.Add(path, "the programme has no catalogue, so that no instance would be allowed");
    }
  }

  void CheckCoverage(const v1::Coverage& coverage, const std::string& path) {
    if (coverage.least_links() == 0 && coverage.link_set_minimums().empty() && coverage.areas().empty()) {
      findings_.Add(path, "asks for nothing: neither `least_links` nor `link_set_minimums` nor `areas`");
    }
    if (!coverage.own_links_count() && coverage.least_links() > proto_.catalogue().links_size()) {
      findings_.Add(Of(path, "least_links"),
                    absl::StrCat("the catalogue has only ", proto_.catalogue().links_size(), " links"));
    }
    for (int i = 0; i < coverage.link_set_minimums_size(); ++i) {
      const v1::LinkSetMinimum& minimum = coverage.link_set_minimums(i);
      const v1::LinkSet* set = programme_.FindLinkSet(minimum.link_set());
      if (set != nullptr && minimum.least() > set->links_size()) {
        findings_.Add(Of(Of(path, At("link_set_minimums", i)), "least"),
                      absl::StrCat("`", set->id(), "` has only ", set->links_size(), " links"));
      }
    }
    for (int i = 0; i < coverage.areas_size(); ++i) {
      const auto is_it = [&](const v1::LinkSet& area) { return area.id() == coverage.areas(i); };
      if (programme_.FindLinkSet(coverage.areas(i)) != nullptr && absl::c_none_of(proto_.catalogue().areas(), is_it)) {
        findings_.Add(Of(path, At("areas", i)), absl::StrCat("`", coverage.areas(i), "` is no area"));
      }
    }
  }

  void CheckIndicators(const v1::IndicatorReport& report, const std::string& path) {
    const v1::IndicatorList* list = programme_.FindIndicatorList(report.list());
    if (list == nullptr) return;
    int size = 0;
    for (const auto& group : list->groups()) size += group.indicators_size();
    if (report.least_reported() > size) {
      findings_.Add(Of(path, "least_reported"), absl::StrCat("`", list->id(), "` has only ", size, " indicators"));
    }
  }

  const Programme& programme_;
  const v1::Programme& proto_;
  Findings findings_;
};

}  // namespace

Findings CheckRules(const Programme& programme) { return RuleChecks(programme).Run(); }

}  // namespace jiebang::programme
