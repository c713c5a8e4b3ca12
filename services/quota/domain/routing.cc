#include "services/quota/domain/routing.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/programme/codes.h"
#include "services/quota/domain/clause.h"
#include "services/quota/domain/errors.h"

namespace jiebang::quota {
namespace {

constexpr std::string_view kCorpsInStatistics = "660000";
constexpr std::string_view kCorpsCities = "659000";

const programme::v1::NamedUnit* NamedIn(const programme::Programme& programme, const v1::Unit& unit) {
  for (const auto& named : programme.proto().units()) {
    if (unit.name() == absl::StrCat("units/", named.id())) return &named;
  }
  return nullptr;
}

std::string FirstOpenTrack(const programme::Programme& programme) {
  for (const auto& track : programme.proto().tracks()) {
    if (!track.described_only()) return track.id();
  }
  return "";
}

const v1::Unit* GroupOf(const std::vector<v1::Unit>& units, const std::string& group, const std::string& category) {
  const std::string name = absl::StrCat("units/", group);
  const auto found =
      absl::c_find_if(units, [&](const v1::Unit& unit) { return unit.name() == name && unit.category() == category; });
  return found == units.end() ? nullptr : &*found;
}

// Of two units for the same place, which nothing in a programme asks for, the first by name.
const v1::Unit* DeepestWith(const programme::Programme& programme, const std::vector<v1::Unit>& units,
                            const programme::v1::RouteByPlace& route, std::string_view region_code) {
  const v1::Unit* deepest = nullptr;
  std::size_t depth = 0;
  for (const v1::Unit& unit : units) {
    if (!absl::c_linear_search(route.unit_categories(), unit.category())) continue;
    const std::string_view place = PlaceOf(programme, unit);
    if (place.empty() || !programme::PlaceContains(place, region_code)) continue;
    const std::size_t its_depth = programme::SignificantPlace(place).size();
    if (its_depth < depth || (its_depth == depth && unit.name() > deepest->name())) continue;
    deepest = &unit;
    depth = its_depth;
  }
  return deepest;
}

}  // namespace

std::string_view PlaceOf(const programme::Programme& programme, const v1::Unit& unit) {
  const programme::v1::NamedUnit* named = NamedIn(programme, unit);
  const std::string_view place =
      named != nullptr && !named->place().empty() ? std::string_view(named->place()) : unit.region_code();
  return place == kCorpsInStatistics ? kCorpsCities : place;
}

absl::StatusOr<Resolution> ResolveUnit(const programme::Programme& programme, const std::string& track,
                                       const std::vector<v1::Unit>& units, const RoutedEnterprise& enterprise) {
  const std::string in = track.empty() ? FirstOpenTrack(programme) : track;
  const programme::v1::Route* route = programme.RouteFor(in, !enterprise.central_group.empty());
  if (route == nullptr) return TrackNotFound(programme.id(), in);
  const std::string clause = ClauseText(route->clause());
  if (route->has_by_group()) {
    const v1::Unit* group = GroupOf(units, enterprise.central_group, route->by_group().unit_category());
    if (group == nullptr) return NoUnitForGroup(enterprise.central_group, clause);
    return Resolution{*group, clause};
  }
  const v1::Unit* unit = DeepestWith(programme, units, route->by_place(), enterprise.region_code);
  if (unit == nullptr) return NoUnitForPlace(enterprise.region_code, clause);
  return Resolution{*unit, clause};
}

}  // namespace jiebang::quota
