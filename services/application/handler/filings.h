// Filing: an application is validated, submitted, withdrawn by its applicant or returned by its unit.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_FILINGS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_FILINGS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "services/application/domain/application_name.h"
#include "services/application/handler/examination.h"
#include "services/application/repository/applicant_repository.h"
#include "services/application/repository/application_repository.h"

namespace jiebang::application {

class Filings {
 public:
  Filings(ApplicationRepository& repository, ApplicantRepository& applicants, const Examination& examination,
          const programme::Programmes& programmes)
      : repository_(repository), applicants_(applicants), examination_(examination), programmes_(programmes) {}

  Task<absl::StatusOr<v1::ValidateApplicationResponse>> Validate(const rpc::Call& call,
                                                                 const v1::ValidateApplicationRequest& request);
  Task<absl::StatusOr<v1::SubmitApplicationResponse>> Submit(const rpc::Call& call,
                                                             const v1::SubmitApplicationRequest& request);
  Task<absl::StatusOr<v1::WithdrawApplicationResponse>> Withdraw(const rpc::Call& call,
                                                                 const v1::WithdrawApplicationRequest& request);
  Task<absl::StatusOr<v1::ReturnApplicationResponse>> Return(const rpc::Call& call,
                                                             const v1::ReturnApplicationRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // Holds the application, with the applicant as it counts for it, against the rules. The references outlive the task.
  Task<absl::StatusOr<Findings>> Examine(const rpc::Call& call, const v1::Application& application,
                                         const programme::Programme& programme, ApplicationName name);

  ApplicationRepository& repository_;
  ApplicantRepository& applicants_;
  const Examination& examination_;
  const programme::Programmes& programmes_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_FILINGS_H_
