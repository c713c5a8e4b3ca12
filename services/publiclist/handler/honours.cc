#include "services/publiclist/handler/honours.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/publiclist/domain/honour.h"

namespace jiebang::publiclist {
namespace {

constexpr int kEntriesAtOnce = 200;

}  // namespace

Task<absl::StatusOr<v1::ListHonoursResponse>> Honours::List(const rpc::Call& /*call*/,
                                                            const v1::ListHonoursRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicantName holder, ApplicantName::Parse(request.parent(), "parent"));
  const std::string filters = absl::StrCat("ListHonours|", request.parent());
  CO_ASSIGN_OR_RETURN(const std::string position, page_tokens_.Open(request.page_token(), filters));
  v1::ListHonoursResponse response;
  // Counted before reading: what is projected between the two is counted in vain rather than missed in silence.
  CO_ASSIGN_OR_RETURN(const std::int64_t behind, co_await honours_.AnnouncementsBehind());
  response.set_announcements_behind(behind);
  CO_ASSIGN_OR_RETURN(HonourPage page, co_await honours_.Page(holder, position, PageSize(request.page_size())));
  for (v1::Honour& honour : page.honours) *response.add_honours() = std::move(honour);
  response.set_next_page_token(page_tokens_.Make(page.position, filters));
  co_return response;
}

Task<void> Honours::Project() {
  journal::Projection projection = [this](const journal::v1::Event& event) { return ProjectEvent(event); };
  co_await journal::Follow(store_, kProjection, std::move(projection));
}

Task<absl::Status> Honours::ProjectEvent(journal::v1::Event event) const {
  if (event.type() != "list.announced") co_return absl::OkStatus();
  Executor& home = co_await Home();
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(event.resource(), "resource"));
  CO_ASSIGN_OR_RETURN(const KeptList kept, co_await lists_.Get(name));
  std::string position;
  do {
    if (home.stopping()) co_return absl::CancelledError("stopping");
    CO_ASSIGN_OR_RETURN(EntryPage page, co_await lists_.Entries(name, "", position, kEntriesAtOnce));
    std::vector<v1::Honour> honours;
    for (const v1::ListEntry& entry : page.entries) {
      if (!entry.uscc().empty()) honours.push_back(HonourOf(kept.list, entry));
    }
    CO_RETURN_IF_ERROR(co_await honours_.Keep(std::move(honours)));
    position = std::move(page.position);
  } while (!position.empty());
  co_return co_await honours_.SetProjected(name);
}

void Honours::Register(rpc::ServiceMethods& methods) { methods.Add("ListHonours", this, &Honours::List); }

}  // namespace jiebang::publiclist
