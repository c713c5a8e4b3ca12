// A programme as the code asks about it, and the set of programmes that a process knows.
//
// Programmes come out of LoadProgrammes (loader.h), which has checked them; nothing here fails for a checked programme.
// A question about an id that the programme does not have is answered with nullptr, because such ids come from callers.
#ifndef JIEBANG_COMMON_PROGRAMME_PROGRAMME_H_
#define JIEBANG_COMMON_PROGRAMME_PROGRAMME_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/time/time.h"
#include "jiebang/programme/v1/programme.pb.h"

namespace jiebang::programme {

// The ids in a `tracks` field.
using TrackIds = google::protobuf::RepeatedPtrField<std::string>;

// True if what is said for `tracks` holds for `track`: they are empty, name it, or name the track that it extends.
bool HoldsFor(const TrackIds& tracks, const v1::Track& track);

// What a quota rule asks of a recommending unit.
struct UnitFacts {
  std::string id;                             // as in the unit's name, e.g. "610100"
  std::string category;                       // id of its category
  std::map<std::string, int64_t> attributes;  // of its record; one that is not there counts as 0
};

// One programme. Immutable, so that any thread may ask it anything at any time; what it gives out lives as long as it.
class Programme {
 public:
  explicit Programme(v1::Programme proto);
  Programme(const Programme&) = delete;
  Programme& operator=(const Programme&) = delete;

  const std::string& id() const { return proto_.id(); }
  const v1::Programme& proto() const { return proto_; }

  const v1::Track* FindTrack(std::string_view id) const;

  // The track in whose list an application in `track` is ranked and on whose quota it counts: the base of an extending
  // track, `track` itself otherwise. nullptr if there is no such track.
  const v1::Track* FindListTrack(std::string_view track) const;

  // True if the programme has the track and takes applications in it.
  bool TakesApplications(std::string_view track) const;

  // The rules that an application in `track` must meet, in the order of the file. Empty if there is no such track.
  std::vector<const v1::Rule*> RulesFor(std::string_view track) const;
  const v1::Rule* FindRule(std::string_view id) const;

  // The deadline of an act in a track, or nullptr if the programme sets none.
  const v1::Deadline* FindDeadline(std::string_view track, v1::Act act) const;

  // The first instant at which the act is too late: an act at `now` is in time if `now < LastMoment(track, act)`.
  // absl::InfiniteFuture() if the programme sets no deadline for it; absl::InfinitePast() if it takes no applications
  // in the track, or has no such track.
  absl::Time LastMoment(std::string_view track, v1::Act act) const;

  // The catalogue of scenarios. An area, aspect or link set is found by its id; a link is in at most one area.
  const v1::Scenario* FindScenario(std::string_view id) const;
  const v1::Link* FindLink(std::string_view id) const;
  const v1::Link* LinkOfScenario(std::string_view scenario) const;
  const v1::LinkSet* FindLinkSet(std::string_view id) const;
  const v1::LinkSet* AreaOfLink(std::string_view link) const;

  // The sub-sector, and its family, that a GB/T 4754 code belongs to: the longest code that matches decides.
  const v1::SubSector* SubSectorOf(std::string_view industry_code) const;
  const v1::IndustryFamily* FamilyOf(std::string_view industry_code) const;

  const v1::FormField* FindField(std::string_view id) const;
  const v1::IndicatorList* FindIndicatorList(std::string_view id) const;

  // The route of an applicant, or nullptr if there is no such track or it takes no applications.
  const v1::Route* RouteFor(std::string_view track, bool belongs_to_central_group) const;

  // The quota rule that holds for a unit in a track, chosen as the comment on QuotaRule says; for an extending track
  // that of its base. nullptr if the unit's category takes no part in the track.
  const v1::QuotaRule* QuotaFor(std::string_view track, const UnitFacts& unit) const;

  // How units rank in a track, or nullptr if nothing is said.
  const v1::Ranking* RankingFor(std::string_view track) const;

  // The stages of a track in the order in which they are passed.
  std::vector<const v1::Stage*> StagesFor(std::string_view track) const;
  const v1::Stage* FindStage(std::string_view id) const;
  const v1::Rubric* FindRubric(std::string_view id) const;

  const v1::Publicity* PublicityFor(std::string_view track) const;
  const v1::ListLayout* LayoutFor(std::string_view track, v1::ListKind kind) const;

  const v1::Title* FindTitle(std::string_view id) const;

  // The title that an applicant in a track gets on an event (listed or accepted), or nullptr for none.
  const v1::Title* TitleGranted(std::string_view track, v1::HonourState event) const;

 private:
  template <class T>
  using ById = std::unordered_map<std::string_view, const T*>;

  void IndexCatalogue();
  void IndexIndustries();

  // Keys and values point into it.
  const v1::Programme proto_;

  ById<v1::Track> tracks_;
  ById<v1::Rule> rules_;
  ById<v1::Scenario> scenarios_;
  ById<v1::Link> links_;
  ById<v1::Link> link_of_scenario_;
  ById<v1::LinkSet> link_sets_;
  ById<v1::LinkSet> area_of_link_;
  ById<v1::SubSector> sub_sector_of_code_;
  ById<v1::IndustryFamily> family_of_code_;
  ById<v1::FormField> fields_;
};

// The programmes of a process, by id. A copy is cheap and shares them, so that a reload replaces the whole set at once
// while calls that began with the old one end with it.
class Programmes {
 public:
  Programmes() = default;
  explicit Programmes(std::vector<std::shared_ptr<const Programme>> programmes);

  // nullptr if there is none with that id.
  std::shared_ptr<const Programme> Find(std::string_view id) const;

  // Ascending.
  std::vector<std::string> ids() const;

 private:
  std::map<std::string, std::shared_ptr<const Programme>, std::less<>> by_id_;
};

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_PROGRAMME_H_
