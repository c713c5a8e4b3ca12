// Reading lists and their entries.
#ifndef JIEBANG_SERVICES_PUBLICLIST_HANDLER_LISTS_H_
#define JIEBANG_SERVICES_PUBLICLIST_HANDLER_LISTS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/repository/list_repository.h"

namespace jiebang::publiclist {

class Lists {
 public:
  Lists(const ListRepository& repository, const PageTokens& page_tokens)
      : repository_(repository), page_tokens_(page_tokens) {}

  Task<absl::StatusOr<v1::GetListResponse>> Get(const rpc::Call& call, const v1::GetListRequest& request);
  Task<absl::StatusOr<v1::ListListsResponse>> List(const rpc::Call& call, const v1::ListListsRequest& request);
  Task<absl::StatusOr<v1::ListEntriesResponse>> Entries(const rpc::Call& call, const v1::ListEntriesRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The list, if the caller may see it; NOT_FOUND LIST_NOT_FOUND either way.
  Task<absl::StatusOr<v1::PublicList>> Visible(const rpc::Call& call, ListName name) const;

  const ListRepository& repository_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_HANDLER_LISTS_H_
