// Answering a draft in parts: a subdomain at a time, or by a sheet that was filled in.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_ANSWERING_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_ANSWERING_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/handler/imported_sheet.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/evidence_repository.h"

namespace jiebang::maturity {

class Answering {
 public:
  Answering(const AssessmentRepository& repository, const EvidenceRepository& evidence, const Catalogue& catalogue)
      : repository_(repository), evidence_(evidence), catalogue_(catalogue) {}

  Task<absl::StatusOr<v1::SaveAnswersResponse>> Save(const rpc::Call& call, const v1::SaveAnswersRequest& request);
  Task<absl::StatusOr<v1::ImportAnswersResponse>> Import(const rpc::Call& call,
                                                         const v1::ImportAnswersRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // Rows that name a file that was not uploaded are refused like any other bad row.
  Task<absl::Status> RefuseUnknownAttachments(ImportedSheet& sheet) const;

  const AssessmentRepository& repository_;
  const EvidenceRepository& evidence_;
  const Catalogue& catalogue_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_ANSWERING_H_
