// Files that stand beside an assessment as evidence.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_ATTACHMENTS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_ATTACHMENTS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/evidence_repository.h"

namespace jiebang::maturity {

class Attachments {
 public:
  Attachments(const AssessmentRepository& repository, const EvidenceRepository& evidence)
      : repository_(repository), evidence_(evidence) {}

  Task<absl::StatusOr<v1::UploadAttachmentResponse>> Upload(const rpc::Call& call,
                                                            const v1::UploadAttachmentRequest& request);
  Task<absl::StatusOr<v1::DownloadAttachmentResponse>> Download(const rpc::Call& call,
                                                                const v1::DownloadAttachmentRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  const AssessmentRepository& repository_;
  const EvidenceRepository& evidence_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_ATTACHMENTS_H_
