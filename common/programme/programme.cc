#include "common/programme/programme.h"

#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"
#include "common/programme/calendar.h"

namespace jiebang::programme {
namespace {

template <class T>
const T* FindById(const google::protobuf::RepeatedPtrField<T>& all, std::string_view id) {
  const auto found = absl::c_find_if(all, [&](const T& one) { return one.id() == id; });
  return found == all.end() ? nullptr : &*found;
}

template <class T>
const T* FindIn(const std::unordered_map<std::string_view, const T*>& index, std::string_view id) {
  const auto found = index.find(id);
  return found == index.end() ? nullptr : found->second;
}

// The first of `all` that holds for the track and that `fits`; nullptr without a track.
template <class T, class Fits>
const T* FirstFor(const v1::Track* track, const google::protobuf::RepeatedPtrField<T>& all, Fits fits) {
  if (track == nullptr) return nullptr;
  const auto found = absl::c_find_if(all, [&](const T& one) { return HoldsFor(one.tracks(), *track) && fits(one); });
  return found == all.end() ? nullptr : &*found;
}

template <class T>
const T* FirstFor(const v1::Track* track, const google::protobuf::RepeatedPtrField<T>& all) {
  return FirstFor(track, all, [](const T&) { return true; });
}

// All of `all` that hold for the track.
template <class T>
std::vector<const T*> AllFor(const v1::Track* track, const google::protobuf::RepeatedPtrField<T>& all) {
  std::vector<const T*> found;
  if (track == nullptr) return found;
  for (const T& one : all) {
    if (HoldsFor(one.tracks(), *track)) found.push_back(&one);
  }
  return found;
}

// Of an industry code the longest prefix that has an entry.
template <class T>
const T* FindByLongestPrefix(const std::unordered_map<std::string_view, const T*>& index, std::string_view code) {
  for (; !code.empty(); code.remove_suffix(1)) {
    if (const T* found = FindIn(index, code); found != nullptr) return found;
  }
  return nullptr;
}

int64_t AttributeOf(const UnitFacts& unit, const std::string& name) {
  const auto found = unit.attributes.find(name);
  return found == unit.attributes.end() ? 0 : found->second;
}

bool Speaks(const v1::QuotaRule& rule, const v1::Track& track, const UnitFacts& unit) {
  if (!absl::c_linear_search(rule.tracks(), track.id())) return false;
  if (rule.has_unit() ? rule.unit() != unit.id : rule.unit_category() != unit.category) return false;
  return !rule.has_when() || AttributeOf(unit, rule.when().attribute()) > rule.when().more_than();
}

// Greater means that the rule goes first; the order is the one that the comment on QuotaRule promises.
auto Precedence(const v1::QuotaRule& rule) {
  return std::make_tuple(rule.has_unit(), rule.has_when(), rule.when().more_than());
}

}  // namespace

bool HoldsFor(const TrackIds& tracks, const v1::Track& track) {
  return tracks.empty() || absl::c_linear_search(tracks, track.id()) ||
         (!track.extends().empty() && absl::c_linear_search(tracks, track.extends()));
}

Programme::Programme(v1::Programme proto) : proto_(std::move(proto)) {
  for (const auto& track : proto_.tracks()) tracks_.emplace(track.id(), &track);
  for (const auto& rule : proto_.rules()) rules_.emplace(rule.id(), &rule);
  for (const auto& section : proto_.form_sections()) {
    for (const auto& field : section.fields()) fields_.emplace(field.id(), &field);
  }
  IndexCatalogue();
  IndexIndustries();
}

void Programme::IndexCatalogue() {
  const v1::Catalogue& catalogue = proto_.catalogue();
  for (const auto& link : catalogue.links()) {
    links_.emplace(link.id(), &link);
    for (const auto& scenario : link.scenarios()) {
      scenarios_.emplace(scenario.id(), &scenario);
      link_of_scenario_.emplace(scenario.id(), &link);
    }
  }
  for (const auto* sets : {&catalogue.aspects(), &catalogue.areas(), &catalogue.link_sets()}) {
    for (const auto& set : *sets) link_sets_.emplace(set.id(), &set);
  }
  for (const auto& area : catalogue.areas()) {
    for (const auto& link : area.links()) area_of_link_.emplace(link, &area);
  }
}

void Programme::IndexIndustries() {
  for (const auto& family : proto_.industry_families()) {
    for (const auto& sub_sector : family.sub_sectors()) {
      for (const auto& code : sub_sector.codes()) {
        sub_sector_of_code_.emplace(code, &sub_sector);
        family_of_code_.emplace(code, &family);
      }
    }
  }
}

const v1::Track* Programme::FindTrack(std::string_view id) const { return FindIn(tracks_, id); }

const v1::Track* Programme::FindListTrack(std::string_view track) const {
  const v1::Track* found = FindTrack(track);
  return found == nullptr || found->extends().empty() ? found : FindTrack(found->extends());
}

bool Programme::TakesApplications(std::string_view track) const {
  const v1::Track* found = FindTrack(track);
  return found != nullptr && !found->described_only();
}

std::vector<const v1::Rule*> Programme::RulesFor(std::string_view track) const {
  return AllFor(FindTrack(track), proto_.rules());
}

const v1::Rule* Programme::FindRule(std::string_view id) const { return FindIn(rules_, id); }

const v1::Deadline* Programme::FindDeadline(std::string_view track, v1::Act act) const {
  return FirstFor(FindTrack(track), proto_.deadlines(), [&](const auto& one) { return one.act() == act; });
}

absl::Time Programme::LastMoment(std::string_view track, v1::Act act) const {
  if (!TakesApplications(track)) return absl::InfinitePast();
  const v1::Deadline* deadline = FindDeadline(track, act);
  if (deadline == nullptr) return absl::InfiniteFuture();
  // A malformed day has been refused by the loader; were it not, nothing would be in time.
  return EndOf(deadline->last_day(), deadline->last_time()).value_or(absl::InfinitePast());
}

const v1::Scenario* Programme::FindScenario(std::string_view id) const { return FindIn(scenarios_, id); }
const v1::Link* Programme::FindLink(std::string_view id) const { return FindIn(links_, id); }
const v1::Link* Programme::LinkOfScenario(std::string_view scenario) const {
  return FindIn(link_of_scenario_, scenario);
}
const v1::LinkSet* Programme::FindLinkSet(std::string_view id) const { return FindIn(link_sets_, id); }
const v1::LinkSet* Programme::AreaOfLink(std::string_view link) const { return FindIn(area_of_link_, link); }

const v1::SubSector* Programme::SubSectorOf(std::string_view industry_code) const {
  return FindByLongestPrefix(sub_sector_of_code_, industry_code);
}

const v1::IndustryFamily* Programme::FamilyOf(std::string_view industry_code) const {
  return FindByLongestPrefix(family_of_code_, industry_code);
}

const v1::FormField* Programme::FindField(std::string_view id) const { return FindIn(fields_, id); }

const v1::IndicatorList* Programme::FindIndicatorList(std::string_view id) const {
  return FindById(proto_.indicator_lists(), id);
}

const v1::Route* Programme::RouteFor(std::string_view track, bool belongs_to_central_group) const {
  if (!TakesApplications(track)) return nullptr;
  const auto fits = [&](const v1::Route& route) {
    switch (route.applicants()) {
      case v1::ROUTED_APPLICANTS_ALL:
        return true;
      case v1::ROUTED_APPLICANTS_CENTRAL:
        return belongs_to_central_group;
      case v1::ROUTED_APPLICANTS_NOT_CENTRAL:
        return !belongs_to_central_group;
      default:
        return false;
    }
  };
  return FirstFor(FindTrack(track), proto_.routes(), fits);
}

const v1::QuotaRule* Programme::QuotaFor(std::string_view track, const UnitFacts& unit) const {
  const v1::Track* counted = FindListTrack(track);
  if (counted == nullptr) return nullptr;
  const v1::QuotaRule* first = nullptr;
  for (const auto& rule : proto_.quotas()) {
    if (!Speaks(rule, *counted, unit)) continue;
    if (first == nullptr || Precedence(rule) > Precedence(*first)) first = &rule;
  }
  return first;
}

const v1::Ranking* Programme::RankingFor(std::string_view track) const {
  return FirstFor(FindTrack(track), proto_.rankings());
}

std::vector<const v1::Stage*> Programme::StagesFor(std::string_view track) const {
  return AllFor(FindTrack(track), proto_.stages());
}

const v1::Stage* Programme::FindStage(std::string_view id) const { return FindById(proto_.stages(), id); }
const v1::Rubric* Programme::FindRubric(std::string_view id) const { return FindById(proto_.rubrics(), id); }

const v1::Publicity* Programme::PublicityFor(std::string_view track) const {
  return FirstFor(FindTrack(track), proto_.publicities());
}

const v1::ListLayout* Programme::LayoutFor(std::string_view track, v1::ListKind kind) const {
  return FirstFor(FindTrack(track), proto_.list_layouts(), [&](const auto& one) { return one.kind() == kind; });
}

const v1::Title* Programme::FindTitle(std::string_view id) const { return FindById(proto_.titles(), id); }

const v1::Title* Programme::TitleGranted(std::string_view track, v1::HonourState event) const {
  return FirstFor(FindTrack(track), proto_.titles(), [&](const auto& one) { return one.granted_on() == event; });
}

Programmes::Programmes(std::vector<std::shared_ptr<const Programme>> programmes) {
  for (auto& programme : programmes) by_id_.emplace(programme->id(), std::move(programme));
}

std::shared_ptr<const Programme> Programmes::Find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::vector<std::string> Programmes::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, programme] : by_id_) ids.push_back(id);
  return ids;
}

}  // namespace jiebang::programme
