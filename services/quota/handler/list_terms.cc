#include "services/quota/handler/list_terms.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/quota/domain/clause.h"
#include "services/quota/domain/errors.h"
#include "services/quota/domain/quota_arithmetic.h"

namespace jiebang::quota {

using programme::v1::ACT_RECOMMEND;

absl::StatusOr<std::shared_ptr<const programme::Programme>> FindProgramme(const programme::Programmes& programmes,
                                                                          const std::string& id) {
  std::shared_ptr<const programme::Programme> programme = programmes.Find(id);
  if (programme == nullptr) return ProgrammeNotFound(id);
  return programme;
}

absl::Status CheckListTrack(const programme::Programme& programme, const ListName& name) {
  if (!programme.TakesApplications(name.track)) return TrackNotFound(name.programme, name.track);
  const programme::v1::Track* ranked_in = programme.FindListTrack(name.track);
  if (ranked_in->id() == name.track) return absl::OkStatus();
  const ListName list{name.programme, name.unit, ranked_in->id()};
  return TrackWithoutList(name.track, ranked_in->name().zh(), list.ToString());
}

Task<absl::StatusOr<ListTerms>> FindListTerms(const programme::Programmes& programmes, UnitRepository& units,
                                              ListName name) {
  CO_ASSIGN_OR_RETURN(const auto programme, FindProgramme(programmes, name.programme));
  CO_RETURN_IF_ERROR(CheckListTrack(*programme, name));
  CO_ASSIGN_OR_RETURN(Versioned<v1::Unit> unit, co_await units.Get(name.unit));
  ListTerms terms{.last_moment = programme->LastMoment(name.track, ACT_RECOMMEND)};
  CO_ASSIGN_OR_RETURN(terms.quota, QuotaFor(*programme, unit.value, name.track));
  terms.unit_display_name = unit.value.display_name();
  if (const auto* deadline = programme->FindDeadline(name.track, ACT_RECOMMEND); deadline != nullptr) {
    terms.deadline_clause = ClauseText(deadline->clause());
  }
  co_return terms;
}

}  // namespace jiebang::quota
