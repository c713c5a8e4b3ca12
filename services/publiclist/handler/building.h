// Building a list from the decisions of a round.
#ifndef JIEBANG_SERVICES_PUBLICLIST_HANDLER_BUILDING_H_
#define JIEBANG_SERVICES_PUBLICLIST_HANDLER_BUILDING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/domain/entries.h"
#include "services/publiclist/handler/peers.h"
#include "services/publiclist/repository/list_repository.h"

namespace jiebang::publiclist {

class ListBuilder {
 public:
  ListBuilder(const ListRepository& repository, const programme::Programmes& programmes, ReviewPeer& review,
              QuotaPeer& quota)
      : repository_(repository), programmes_(programmes), review_(review), quota_(quota) {}

  Task<absl::StatusOr<v1::BuildListResponse>> Build(const rpc::Call& call, const v1::BuildListRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  Task<absl::StatusOr<std::vector<review::v1::Candidate>>> Selected(const rpc::Call& call, RoundName round);
  Task<absl::StatusOr<UnitLabels>> LabelsOf(const rpc::Call& call,
                                            const std::vector<review::v1::Candidate>& candidates);
  Task<absl::Status> Keep(v1::PublicList list, ListName name, std::vector<v1::ListEntry> entries, Trace trace);

  const ListRepository& repository_;
  const programme::Programmes& programmes_;
  ReviewPeer& review_;
  QuotaPeer& quota_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_HANDLER_BUILDING_H_
