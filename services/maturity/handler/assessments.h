// Creating, reading, changing and submitting assessments.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_ASSESSMENTS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_ASSESSMENTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/evidence_repository.h"
#include "services/maturity/repository/object_repository.h"

namespace jiebang::maturity {

class Assessments {
 public:
  Assessments(const AssessmentRepository& repository, const ObjectRepository& objects,
              const EvidenceRepository& evidence, const Catalogue& catalogue, const PageTokens& page_tokens)
      : repository_(repository),
        objects_(objects),
        evidence_(evidence),
        catalogue_(catalogue),
        page_tokens_(page_tokens) {}

  Task<absl::StatusOr<v1::CreateAssessmentResponse>> Create(const rpc::Call& call,
                                                            const v1::CreateAssessmentRequest& request);
  Task<absl::StatusOr<v1::GetAssessmentResponse>> Get(const rpc::Call& call, const v1::GetAssessmentRequest& request);
  Task<absl::StatusOr<v1::BatchGetAssessmentsResponse>> BatchGet(const rpc::Call& call,
                                                                 const v1::BatchGetAssessmentsRequest& request);
  Task<absl::StatusOr<v1::ListAssessmentsResponse>> List(const rpc::Call& call,
                                                         const v1::ListAssessmentsRequest& request);
  Task<absl::StatusOr<v1::UpdateAssessmentResponse>> Update(const rpc::Call& call,
                                                            const v1::UpdateAssessmentRequest& request);
  Task<absl::StatusOr<v1::SubmitAssessmentResponse>> Submit(const rpc::Call& call,
                                                            const v1::SubmitAssessmentRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The one that a new one starts from, if it does.
  Task<absl::StatusOr<std::optional<v1::Assessment>>> Earlier(const AssessmentName& name,
                                                              const v1::CreateAssessmentRequest& request) const;

  // One for each name; nullopt where the caller sees none. `call` outlives the task.
  Task<absl::StatusOr<std::vector<std::optional<v1::Assessment>>>> Visible(const rpc::Call& call,
                                                                           std::vector<AssessmentName> names) const;

  const AssessmentRepository& repository_;
  const ObjectRepository& objects_;
  const EvidenceRepository& evidence_;
  const Catalogue& catalogue_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_ASSESSMENTS_H_
