#include "services/publiclist/handler/publication.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/publiclist/domain/errors.h"
#include "services/publiclist/domain/public_list.h"

namespace jiebang::publiclist {
namespace {

// How often a step that met another change is tried again, on what that one left.
constexpr int kPublicationAttempts = 8;

const std::vector<v1::ListEntry> kNoEntries;

// What happened. Apart from the coroutines, because g++ 12 cannot compile a list of pairs within one.
template <class Response>
Trace Happened(const rpc::Call& call, std::string type, const v1::PublicList& list, const Response& response) {
  return {.event = call.Happened(std::move(type), list.name(),
                                 {{"content_digest", list.content_digest()},
                                  {"entry_count", absl::StrCat(list.entry_count())},
                                  {"title_id", list.title_id()}}),
          .replay = call.Answered(response)};
}

}  // namespace

Task<absl::StatusOr<std::string>> Publication::DigestOf(ListName name, const KeptList& kept) const {
  CO_ASSIGN_OR_RETURN(const EntriesDigest digest, co_await lists_.Digest(name));
  if (digest.count() == kept.list.entry_count()) co_return digest.Hex();
  CO_ASSIGN_OR_RETURN(const KeptList present, co_await lists_.Get(name));
  if (present.version != kept.version) co_return absl::AbortedError("an import came between the two reads");
  co_return absl::DataLossError("a list has not as many entries as it says");
}

std::shared_ptr<const programme::Programme> Publication::ProgrammeOf(const v1::PublicList& list) const {
  const absl::StatusOr<std::string> id = ParseProgrammeName(list.programme(), "programme");
  return id.ok() ? programmes_.Find(*id) : nullptr;
}

Task<absl::StatusOr<v1::OpenPublicityResponse>> Publication::Open(const rpc::Call& call,
                                                                  const v1::OpenPublicityRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name(), "name"));
  for (int attempt = 0; attempt < kPublicationAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptList kept, co_await lists_.Get(name));
    CO_RETURN_IF_ERROR(MayOpenPublicity(kept.list));
    const absl::StatusOr<std::string> digest = co_await DigestOf(name, kept);
    if (absl::IsAborted(digest.status())) continue;
    CO_RETURN_IF_ERROR(digest.status());
    const auto programme = ProgrammeOf(kept.list);
    CO_ASSIGN_OR_RETURN(v1::PublicList list, InPublicity(std::move(kept.list), programme.get(), *digest, call.now()));
    list.set_etag(ListRepository::NextEtag(kept.version));

    v1::OpenPublicityResponse response;
    *response.mutable_list() = list;
    Trace trace = Happened(call, "list.publicised", list, response);
    const absl::Status saved = co_await lists_.Save(name, std::move(list), kept.version, kNoEntries, std::move(trace));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<v1::AnnounceListResponse>> Publication::Announce(const rpc::Call& call,
                                                                     const v1::AnnounceListRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name(), "name"));
  for (int attempt = 0; attempt < kPublicationAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptList kept, co_await lists_.Get(name));
    CO_RETURN_IF_ERROR(MayAnnounce(kept.list, call.now()));
    const absl::StatusOr<std::string> digest = co_await DigestOf(name, kept);
    if (absl::IsAborted(digest.status())) continue;
    CO_RETURN_IF_ERROR(digest.status());
    const auto programme = ProgrammeOf(kept.list);
    CO_ASSIGN_OR_RETURN(v1::PublicList list, Announced(std::move(kept.list), programme.get(), *digest, call.now()));
    list.set_etag(ListRepository::NextEtag(kept.version));

    v1::AnnounceListResponse response;
    *response.mutable_list() = list;
    Trace trace = Happened(call, "list.announced", list, response);
    // Before the announcement, so that at no moment a list is announced that ListHonours says nothing of.
    CO_RETURN_IF_ERROR(co_await honours_.SetAnnouncing(name));
    const absl::Status saved = co_await lists_.Save(name, std::move(list), kept.version, kNoEntries, std::move(trace));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

void Publication::Register(rpc::ServiceMethods& methods) {
  methods.Add("OpenPublicity", this, &Publication::Open);
  methods.Add("AnnounceList", this, &Publication::Announce);
}

}  // namespace jiebang::publiclist
