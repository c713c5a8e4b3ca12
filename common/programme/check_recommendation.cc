// What must hold between deadlines, units, routes and quotas.
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/programme/calendar.h"
#include "common/programme/checks.h"
#include "common/programme/one_per_track.h"

namespace jiebang::programme {
namespace {

class RecommendationChecks {
 public:
  explicit RecommendationChecks(const Programme& programme) : programme_(programme), proto_(programme.proto()) {}

  Findings Run() {
    CheckDeadlines();
    CheckUnits();
    CheckRoutes();
    CheckQuotas();
    findings_.Append(OnePerTrack(proto_, proto_.rankings(), "rankings", "ranking"));
    return std::move(findings_);
  }

 private:
  void CheckDeadlines() {
    findings_.Append(OnePerTrack(proto_, proto_.deadlines(), "deadlines", "deadline",
                                 [](const v1::Deadline& deadline) { return v1::Act_Name(deadline.act()); }));
    for (int i = 0; i < proto_.tracks_size(); ++i) {
      if (!proto_.tracks(i).described_only()) CheckDeadlinesOf(proto_.tracks(i), At("tracks", i));
    }
  }

  // Filing and recommending have an end, and each act ends no earlier than the one that it waits for. Where no end is
  // set for the audit, it is done when the list is locked.
  void CheckDeadlinesOf(const v1::Track& track, const std::string& path) {
    absl::Time last = absl::InfinitePast();
    for (v1::Act act : {v1::ACT_FILE, v1::ACT_AUDIT, v1::ACT_RECOMMEND}) {
      const v1::Deadline* deadline = programme_.FindDeadline(track.id(), act);
      if (deadline == nullptr) {
        if (act == v1::ACT_AUDIT) continue;
        findings_.Add(path, absl::StrCat("no deadline for ", v1::Act_Name(act), " in the track `", track.id(), "`"));
        continue;
      }
      const auto end = EndOf(deadline->last_day(), deadline->last_time());
      if (!end.has_value()) continue;
      if (*end < last) {
        findings_.Add(PathOf(*deadline), absl::StrCat(v1::Act_Name(act), " ends before what it waits for"));
      }
      last = *end;
    }
  }

  std::string PathOf(const v1::Deadline& deadline) const {
    int i = 0;
    while (&proto_.deadlines(i) != &deadline) ++i;
    return At("deadlines", i);
  }

  void CheckUnits() {
    std::set<std::string> by_place;
    for (const auto& route : proto_.routes()) {
      by_place.insert(route.by_place().unit_categories().begin(), route.by_place().unit_categories().end());
    }
    absl::flat_hash_map<std::string, std::string> unit_of_place;
    for (int i = 0; i < proto_.units_size(); ++i) {
      const v1::NamedUnit& unit = proto_.units(i);
      if (unit.place().empty()) {
        if (by_place.contains(unit.category())) {
          findings_.Add(At("units", i),
                        absl::StrCat("`place` is missing: a route leads to `", unit.category(), "` by place"));
        }
        continue;
      }
      const auto [taken, is_new] = unit_of_place.emplace(unit.place(), unit.id());
      if (!is_new)
        findings_.Add(Of(At("units", i), "place"), absl::StrCat("`", taken->second, "` answers for it already"));
    }
  }

  void CheckRoutes() {
    for (int i = 0; i < proto_.tracks_size(); ++i) {
      const v1::Track& track = proto_.tracks(i);
      if (track.described_only()) continue;
      for (const bool central : {false, true}) {
        if (programme_.RouteFor(track.id(), central) != nullptr) continue;
        findings_.Add(At("tracks", i), absl::StrCat("no route for ", central ? "central" : "other",
                                                    " enterprises in the track `", track.id(), "`"));
      }
    }
  }

  // The categories that routes of the track lead to.
  std::set<std::string> RoutedCategories(const v1::Track& track) const {
    std::set<std::string> categories;
    for (const auto& route : proto_.routes()) {
      if (!HoldsFor(route.tracks(), track)) continue;
      categories.insert(route.by_place().unit_categories().begin(), route.by_place().unit_categories().end());
      if (route.has_by_group()) categories.insert(route.by_group().unit_category());
    }
    return categories;
  }

  // Holds what the comment on QuotaRule promises: at most one rule is first, and at least one.
  void CheckQuotas() {
    // Track, whether a unit is named, id of the unit or category.
    using Subject = std::tuple<std::string, bool, std::string>;
    std::map<Subject, std::vector<int>> rules_of;
    for (int i = 0; i < proto_.quotas_size(); ++i) {
      const v1::QuotaRule& rule = proto_.quotas(i);
      for (int k = 0; k < rule.tracks_size(); ++k) {
        CheckCountedTrack(rule.tracks(k), Of(At("quotas", i), At("tracks", k)));
        rules_of[{rule.tracks(k), rule.has_unit(), rule.has_unit() ? rule.unit() : rule.unit_category()}].push_back(i);
      }
    }
    for (const auto& [subject, rules] : rules_of) CheckUnambiguous(rules);
    for (int i = 0; i < proto_.tracks_size(); ++i) {
      const v1::Track& track = proto_.tracks(i);
      if (track.described_only() || !track.extends().empty()) continue;
      for (const auto& category : RoutedCategories(track)) {
        if (programme_.QuotaFor(track.id(), {.category = category}) != nullptr) continue;
        findings_.Add(At("tracks", i), absl::StrCat("no quota without a condition for the unit category `", category,
                                                    "` in the track `", track.id(), "`"));
      }
    }
  }

  void CheckCountedTrack(const std::string& id, const std::string& path) {
    const v1::Track* track = programme_.FindTrack(id);
    if (track == nullptr) return;
    if (!track->extends().empty()) {
      findings_.Add(path,
                    absl::StrCat("`", id, "` counts on the quota of `", track->extends(), "` and has none of its own"));
    }
    if (track->described_only()) findings_.Add(path, absl::StrCat("`", id, "` takes no applications"));
  }

  // Of the rules of one track for one unit or category.
  void CheckUnambiguous(const std::vector<int>& rules) {
    const v1::QuotaRule* without_condition = nullptr;
    std::string attribute;
    std::map<int64_t, const v1::QuotaRule*> by_bound;
    for (const int i : rules) {
      const v1::QuotaRule& rule = proto_.quotas(i);
      if (!rule.has_when()) {
        if (without_condition != nullptr) {
          findings_.Add(At("quotas", i), absl::StrCat("`", without_condition->id(), "` caps the same already"));
        }
        without_condition = &rule;
        continue;
      }
      if (!attribute.empty() && rule.when().attribute() != attribute) {
        findings_.Add(Of(At("quotas", i), "when.attribute"), absl::StrCat("other conditions here speak of `", attribute,
                                                                          "`: it would be open which one goes first"));
      }
      attribute = rule.when().attribute();
      const auto [taken, is_new] = by_bound.emplace(rule.when().more_than(), &rule);
      if (!is_new) {
        findings_.Add(Of(At("quotas", i), "when"), absl::StrCat("`", taken->second->id(), "` has the same condition"));
      }
    }
  }

  const Programme& programme_;
  const v1::Programme& proto_;
  Findings findings_;
};

}  // namespace

Findings CheckRecommendation(const Programme& programme) { return RecommendationChecks(programme).Run(); }

}  // namespace jiebang::programme
