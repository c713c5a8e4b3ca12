// The call about quotas.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_QUOTAS_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_QUOTAS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/quota/repository/list_repository.h"
#include "services/quota/repository/unit_repository.h"

namespace jiebang::quota {

class Quotas {
 public:
  Quotas(ListRepository& lists, UnitRepository& units, const programme::Programmes& programmes)
      : lists_(lists), units_(units), programmes_(programmes) {}

  void Register(rpc::ServiceMethods& methods);

  Task<absl::StatusOr<v1::GetQuotaResponse>> Get(const rpc::Call& call, const v1::GetQuotaRequest& request);

 private:
  ListRepository& lists_;
  UnitRepository& units_;
  const programme::Programmes& programmes_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_QUOTAS_H_
