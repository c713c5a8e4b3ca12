// Exports as their callers see them: begun, looked at, cancelled, downloaded and deleted.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_EXPORTS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_EXPORTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/policy/policy.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "google/longrunning/operations.pb.h"
#include "jiebang/application/v1/export_service.pb.h"
#include "services/application/repository/export_repository.h"

namespace jiebang::application {

class Exports {
 public:
  using Operation = google::longrunning::Operation;

  // All outlive it.
  Exports(ExportRepository& repository, const programme::Programmes& programmes);

  Task<absl::StatusOr<Operation>> Begin(const rpc::Call& call, const v1::ExportApplicationsRequest& request);
  Task<absl::StatusOr<Operation>> Get(const rpc::Call& call, const v1::GetOperationRequest& request);
  Task<absl::StatusOr<v1::ListOperationsResponse>> List(const rpc::Call& call,
                                                        const v1::ListOperationsRequest& request);
  Task<absl::StatusOr<Operation>> Cancel(const rpc::Call& call, const v1::CancelOperationRequest& request);
  Task<absl::StatusOr<v1::DeleteOperationResponse>> Delete(const rpc::Call& call,
                                                           const v1::DeleteOperationRequest& request);
  Task<absl::Status> Download(const rpc::Call& call, const v1::DownloadExportRequest& request,
                              rpc::Writer<v1::DownloadExportResponse> parts);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The caller's operation of this name. To anybody else, and to a caller who may no longer ask for what it holds, it
  // is NOT_FOUND.
  Task<absl::StatusOr<VersionedExport>> Own(const rpc::Call& call, std::string name) const;

  ExportRepository& repository_;
  const programme::Programmes& programmes_;
  policy::MethodPolicy begin_policy_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_EXPORTS_H_
