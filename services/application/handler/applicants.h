// Applicants: registered once, changed by themselves or the ministry.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_APPLICANTS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_APPLICANTS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "services/application/repository/applicant_repository.h"

namespace jiebang::application {

class Applicants {
 public:
  explicit Applicants(ApplicantRepository& repository) : repository_(repository) {}

  Task<absl::StatusOr<v1::CreateApplicantResponse>> Create(const rpc::Call& call,
                                                           const v1::CreateApplicantRequest& request);
  Task<absl::StatusOr<v1::GetApplicantResponse>> Get(const rpc::Call& call, const v1::GetApplicantRequest& request);
  Task<absl::StatusOr<v1::BatchGetApplicantsResponse>> BatchGet(const rpc::Call& call,
                                                                const v1::BatchGetApplicantsRequest& request);
  Task<absl::StatusOr<v1::UpdateApplicantResponse>> Update(const rpc::Call& call,
                                                           const v1::UpdateApplicantRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  ApplicantRepository& repository_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_APPLICANTS_H_
