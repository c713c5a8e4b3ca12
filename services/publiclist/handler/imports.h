// Importing lists that were published before, in parts.
#ifndef JIEBANG_SERVICES_PUBLICLIST_HANDLER_IMPORTS_H_
#define JIEBANG_SERVICES_PUBLICLIST_HANDLER_IMPORTS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/repository/list_repository.h"

namespace jiebang::publiclist {

class Imports {
 public:
  explicit Imports(const ListRepository& repository) : repository_(repository) {}

  Task<absl::StatusOr<v1::ImportListResponse>> ImportPart(const rpc::Call& call, const v1::ImportListRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // One try; ABORTED when something else changed the list meanwhile.
  Task<absl::StatusOr<v1::ImportListResponse>> Create(const rpc::Call& call, const v1::ImportListRequest& request,
                                                      ListName name);
  Task<absl::StatusOr<v1::ImportListResponse>> Extend(const rpc::Call& call, const v1::ImportListRequest& request,
                                                      ListName name, KeptList kept);

  const ListRepository& repository_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_HANDLER_IMPORTS_H_
