#include "services/publiclist/handler/lists.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "services/publiclist/domain/errors.h"

namespace jiebang::publiclist {
namespace {

bool SeesDrafts(const rpc::Call& call) {
  return call.HasRole(options::v1::ROLE_MINISTRY) || call.HasRole(options::v1::ROLE_SERVICE);
}

}  // namespace

Task<absl::StatusOr<v1::PublicList>> Lists::Visible(const rpc::Call& call, ListName name) const {
  CO_ASSIGN_OR_RETURN(KeptList kept, co_await repository_.Get(name));
  if (kept.list.state() == v1::PublicList::STATE_DRAFT && !SeesDrafts(call)) {
    co_return errors::ListNotFound(name.ToString());
  }
  co_return std::move(kept.list);
}

Task<absl::StatusOr<v1::GetListResponse>> Lists::Get(const rpc::Call& call, const v1::GetListRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(v1::PublicList list, co_await Visible(call, name));
  v1::GetListResponse response;
  *response.mutable_list() = std::move(list);
  co_return response;
}

Task<absl::StatusOr<v1::ListListsResponse>> Lists::List(const rpc::Call& call, const v1::ListListsRequest& request) {
  const bool with_drafts = SeesDrafts(call);
  const std::string filters = with_drafts ? "ListLists|all" : "ListLists|published";
  CO_ASSIGN_OR_RETURN(const std::string position, page_tokens_.Open(request.page_token(), filters));
  CO_ASSIGN_OR_RETURN(ListPage page, co_await repository_.Page(position, PageSize(request.page_size()), with_drafts));
  v1::ListListsResponse response;
  for (v1::PublicList& list : page.lists) *response.add_lists() = std::move(list);
  response.set_next_page_token(page_tokens_.Make(page.position, filters));
  co_return response;
}

Task<absl::StatusOr<v1::ListEntriesResponse>> Lists::Entries(const rpc::Call& call,
                                                             const v1::ListEntriesRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.parent(), "parent"));
  const std::string filters = absl::StrCat("ListEntries|", request.parent(), "|", request.unit());
  CO_ASSIGN_OR_RETURN(const std::string position, page_tokens_.Open(request.page_token(), filters));
  CO_ASSIGN_OR_RETURN(const v1::PublicList list, co_await Visible(call, name));
  v1::ListEntriesResponse response;
  if (!request.unit().empty() && !IsResourceId(request.unit())) co_return response;  // nobody's
  CO_ASSIGN_OR_RETURN(EntryPage page,
                      co_await repository_.Entries(name, request.unit(), position, PageSize(request.page_size())));
  for (v1::ListEntry& entry : page.entries) *response.add_entries() = std::move(entry);
  response.set_next_page_token(page_tokens_.Make(page.position, filters));
  co_return response;
}

void Lists::Register(rpc::ServiceMethods& methods) {
  methods.Add("GetList", this, &Lists::Get);
  methods.Add("ListLists", this, &Lists::List);
  methods.Add("ListEntries", this, &Lists::Entries);
}

}  // namespace jiebang::publiclist
