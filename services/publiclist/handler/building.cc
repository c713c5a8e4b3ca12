#include "services/publiclist/handler/building.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/publiclist/domain/errors.h"
#include "services/publiclist/domain/public_list.h"

namespace jiebang::publiclist {
namespace {

// What happened. Apart from the coroutines, because g++ 12 cannot compile a list of pairs within one.
store::Event WasBuilt(const rpc::Call& call, const v1::PublicList& list) {
  return call.Happened("list.built", list.name(),
                       {{"round", list.round()}, {"entry_count", absl::StrCat(list.entry_count())}});
}

}  // namespace

Task<absl::StatusOr<v1::BuildListResponse>> ListBuilder::Build(const rpc::Call& call,
                                                               const v1::BuildListRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::WithId(request.list_id(), "list_id"));
  CO_ASSIGN_OR_RETURN(const RoundName round, RoundName::Parse(request.round(), "round"));
  const absl::StatusOr<KeptList> present = co_await repository_.Get(name);
  if (present.ok()) co_return errors::ListExists(name.ToString());
  if (!absl::IsNotFound(present.status())) co_return present.status();
  const std::shared_ptr<const programme::Programme> programme = programmes_.Find(round.programme);
  if (programme == nullptr) co_return errors::ProgrammeNotFound(round.programme);

  CO_ASSIGN_OR_RETURN(std::vector<review::v1::Candidate> selected, co_await Selected(call, round));
  CO_ASSIGN_OR_RETURN(const UnitLabels labels, co_await LabelsOf(call, selected));
  CO_ASSIGN_OR_RETURN(v1::PublicList list,
                      NewBuiltList(*programme, round, name, request, static_cast<int>(selected.size())));
  std::vector<v1::ListEntry> entries = EntriesOf(name, std::move(selected), labels, *programme);

  v1::BuildListResponse response;
  *response.mutable_list() = list;
  response.mutable_list()->set_etag(ListRepository::NextEtag(0));
  Trace trace{.event = WasBuilt(call, list), .replay = call.Answered(response)};
  const absl::Status kept = co_await Keep(std::move(list), name, std::move(entries), std::move(trace));
  if (absl::IsAborted(kept)) co_return errors::ConcurrentChange(name.ToString());
  CO_RETURN_IF_ERROR(kept);
  co_return response;
}

// All entries but the last few in commits of their own; nobody sees them before the commit that has the list.
Task<absl::Status> ListBuilder::Keep(v1::PublicList list, ListName name, std::vector<v1::ListEntry> entries,
                                     Trace trace) {
  CO_ASSIGN_OR_RETURN(const Building building, co_await repository_.Begin(name));
  auto next = entries.begin();
  while (entries.end() - next > kEntriesInACommit) {
    std::vector<v1::ListEntry> some(next, next + kEntriesInACommit);
    CO_RETURN_IF_ERROR(co_await repository_.Add(building, std::move(some)));
    next += kEntriesInACommit;
  }
  std::vector<v1::ListEntry> last(next, entries.end());
  co_return co_await repository_.Create(building, std::move(list), std::move(last), std::move(trace));
}

Task<absl::StatusOr<std::vector<review::v1::Candidate>>> ListBuilder::Selected(const rpc::Call& call, RoundName round) {
  const std::string name = round.ToString();
  const absl::StatusOr<review::v1::Round> decided = co_await review_.GetRound(call, name);
  if (absl::IsNotFound(decided.status())) co_return errors::RoundNotFound(name);
  if (!decided.ok()) co_return errors::DecisionsUnreadable(name, decided.status());
  if (decided->state() != review::v1::Round::STATE_DECIDED) co_return errors::RoundNotDecided(name);

  std::vector<review::v1::Candidate> selected;
  std::string page_token;
  do {
    absl::StatusOr<review::v1::ListCandidatesResponse> page = co_await review_.ListSelected(call, name, page_token);
    if (!page.ok()) co_return errors::DecisionsUnreadable(name, page.status());
    for (review::v1::Candidate& candidate : *page->mutable_candidates()) selected.push_back(std::move(candidate));
    page_token = page->next_page_token();
  } while (!page_token.empty());
  // Half a list must never be published for a whole one.
  if (static_cast<int>(selected.size()) != decided->selected_count()) {
    co_return errors::DecisionsIncomplete(name, static_cast<int>(selected.size()), decided->selected_count());
  }
  co_return selected;
}

Task<absl::StatusOr<UnitLabels>> ListBuilder::LabelsOf(const rpc::Call& call,
                                                       const std::vector<review::v1::Candidate>& candidates) {
  UnitLabels labels;
  for (const review::v1::Candidate& candidate : candidates) {
    const std::string& name = candidate.unit();
    if (name.empty() || labels.contains(name)) continue;
    const absl::StatusOr<quota::v1::Unit> unit = co_await quota_.GetUnit(call, name);
    if (absl::IsNotFound(unit.status())) co_return errors::UnitNotFound(name);
    if (!unit.ok()) co_return errors::UnitUnreadable(name, unit.status());
    labels[name] = unit->display_name();
  }
  co_return labels;
}

void ListBuilder::Register(rpc::ServiceMethods& methods) { methods.Add("BuildList", this, &ListBuilder::Build); }

}  // namespace jiebang::publiclist
