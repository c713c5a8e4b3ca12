// Key performance indicators of objects, year by year.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_KPIS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_KPIS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/kpi_service.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/repository/kpi_repository.h"
#include "services/maturity/repository/object_repository.h"

namespace jiebang::maturity {

class Kpis {
 public:
  Kpis(const KpiRepository& kpis, const ObjectRepository& objects, const Catalogue& catalogue)
      : kpis_(kpis), objects_(objects), catalogue_(catalogue) {}

  Task<absl::StatusOr<v1::ListIndicatorListsResponse>> ListLists(const rpc::Call& call,
                                                                 const v1::ListIndicatorListsRequest& request);
  Task<absl::StatusOr<v1::SaveKpiReportResponse>> Save(const rpc::Call& call, const v1::SaveKpiReportRequest& request);
  Task<absl::StatusOr<v1::GetKpiReportResponse>> Get(const rpc::Call& call, const v1::GetKpiReportRequest& request);
  Task<absl::StatusOr<v1::ListKpiReportsResponse>> List(const rpc::Call& call,
                                                        const v1::ListKpiReportsRequest& request);
  Task<absl::StatusOr<v1::CompareKpisResponse>> Compare(const rpc::Call& call, const v1::CompareKpisRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  const KpiRepository& kpis_;
  const ObjectRepository& objects_;
  const Catalogue& catalogue_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_KPIS_H_
