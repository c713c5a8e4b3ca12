// What the handlers of assessments share.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_DRAFTS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_DRAFTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "jiebang/journal/v1/event.pb.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/evidence_repository.h"

namespace jiebang::maturity {

// How often a change that met another one is tried again, on what that one left. As many people may save sections of
// one draft at the same moment.
inline constexpr int kAttempts = 32;

// Who does what the call asks, and when.
Act ActOf(const rpc::Call& call);

// Only the applicant sees its drafts; who else may call sees what is submitted.
bool SeesDrafts(const rpc::Call& call, const ApplicantName& applicant);

// What happens to a draft is seen by its applicant and by auditors alone.
bool SeesEvent(const rpc::Call& call, const journal::v1::Event& event);

// The assessment, if the caller may see it. NOT_FOUND ASSESSMENT_NOT_FOUND.
Task<absl::StatusOr<KeptAssessment>> Visible(const AssessmentRepository& repository, const rpc::Call& call,
                                             AssessmentName name);

// INVALID_ARGUMENT ANSWERS_INVALID, naming each attachment that was not uploaded. `parent` as in Scope::Of.
Task<absl::Status> CheckAttachments(const EvidenceRepository& evidence, const Answers& answers, std::string parent);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_DRAFTS_H_
