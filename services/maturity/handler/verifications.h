// What an assessor finds beside a submitted assessment.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_VERIFICATIONS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_VERIFICATIONS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/insight_service.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/evidence_repository.h"

namespace jiebang::maturity {

class Verifications {
 public:
  Verifications(const AssessmentRepository& assessments, const EvidenceRepository& evidence, const Catalogue& catalogue)
      : assessments_(assessments), evidence_(evidence), catalogue_(catalogue) {}

  Task<absl::StatusOr<v1::AppointAssessorResponse>> Appoint(const rpc::Call& call,
                                                            const v1::AppointAssessorRequest& request);
  Task<absl::StatusOr<v1::GetVerificationResponse>> Get(const rpc::Call& call,
                                                        const v1::GetVerificationRequest& request);
  Task<absl::StatusOr<v1::RecordFindingsResponse>> Record(const rpc::Call& call,
                                                          const v1::RecordFindingsRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  const AssessmentRepository& assessments_;
  const EvidenceRepository& evidence_;
  const Catalogue& catalogue_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_VERIFICATIONS_H_
