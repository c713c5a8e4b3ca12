#include "services/publiclist/handler/imports.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/publiclist/domain/errors.h"
#include "services/publiclist/domain/import.h"
#include "services/publiclist/domain/public_list.h"

namespace jiebang::publiclist {
namespace {

// How often a part that met another change is tried again, on what that one left.
constexpr int kImportAttempts = 8;

// What happened. Apart from the coroutines, because g++ 12 cannot compile a list of pairs within one.
Trace WasImported(const rpc::Call& call, const v1::PublicList& list, std::size_t added) {
  return {.event = call.Happened("list.imported", list.name(),
                                 {{"added", absl::StrCat(added)}, {"entry_count", absl::StrCat(list.entry_count())}})};
}

v1::ImportListResponse Answer(const ImportOutcome& outcome, const v1::PublicList& list) {
  v1::ImportListResponse response;
  for (const v1::ImportResult& result : outcome.results) *response.add_results() = result;
  *response.mutable_list() = list;
  return response;
}

}  // namespace

Task<absl::StatusOr<v1::ImportListResponse>> Imports::ImportPart(const rpc::Call& call,
                                                                 const v1::ImportListRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.list().name(), "list.name"));
  for (int attempt = 0; attempt < kImportAttempts; ++attempt) {
    absl::StatusOr<KeptList> kept = co_await repository_.Get(name);
    absl::StatusOr<v1::ImportListResponse> response;
    if (kept.ok()) {
      response = co_await Extend(call, request, name, *std::move(kept));
    } else if (absl::IsNotFound(kept.status())) {
      response = co_await Create(call, request, name);
    } else {
      response = kept.status();
    }
    if (!absl::IsAborted(response.status())) co_return response;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<v1::ImportListResponse>> Imports::Create(const rpc::Call& call,
                                                             const v1::ImportListRequest& request, ListName name) {
  CO_ASSIGN_OR_RETURN(v1::PublicList list, NewImportedList(name, request.list(), call.now()));
  ImportOutcome outcome = Import(name, request.entries(), {});
  list.set_entry_count(static_cast<int>(outcome.added.size()));

  v1::ImportListResponse response = Answer(outcome, list);
  response.mutable_list()->set_etag(ListRepository::NextEtag(0));
  CO_ASSIGN_OR_RETURN(const Building building, co_await repository_.Begin(name));
  Trace trace = WasImported(call, list, outcome.added.size());
  CO_RETURN_IF_ERROR(
      co_await repository_.Create(building, std::move(list), std::move(outcome.added), std::move(trace)));
  co_return response;
}

Task<absl::StatusOr<v1::ImportListResponse>> Imports::Extend(const rpc::Call& call,
                                                             const v1::ImportListRequest& request, ListName name,
                                                             KeptList kept) {
  CO_RETURN_IF_ERROR(MayImport(kept.list));
  std::vector<int> numbers;
  for (const v1::ListEntry& entry : request.entries()) numbers.push_back(entry.number());
  CO_ASSIGN_OR_RETURN(EntriesByNumber present, co_await repository_.EntriesAmong(name, std::move(numbers)));
  ImportOutcome outcome = Import(name, request.entries(), std::move(present));
  if (outcome.added.empty()) co_return Answer(outcome, kept.list);

  v1::PublicList list = std::move(kept.list);
  list.set_entry_count(list.entry_count() + static_cast<int>(outcome.added.size()));
  list.set_etag(ListRepository::NextEtag(kept.version));
  v1::ImportListResponse response = Answer(outcome, list);
  Trace trace = WasImported(call, list, outcome.added.size());
  CO_RETURN_IF_ERROR(
      co_await repository_.Save(name, std::move(list), kept.version, std::move(outcome.added), std::move(trace)));
  co_return response;
}

void Imports::Register(rpc::ServiceMethods& methods) { methods.Add("ImportList", this, &Imports::ImportPart); }

}  // namespace jiebang::publiclist
