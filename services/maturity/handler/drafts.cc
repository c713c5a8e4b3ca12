#include "services/maturity/handler/drafts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {

Act ActOf(const rpc::Call& call) { return {.by = call.principal().subject(), .at = call.now()}; }

bool SeesDrafts(const rpc::Call& call, const ApplicantName& applicant) {
  return call.HasRole(options::v1::ROLE_APPLICANT) && call.principal().uscc() == applicant.uscc;
}

bool SeesEvent(const rpc::Call& call, const journal::v1::Event& event) {
  static constexpr std::array<std::string_view, 5> kOfDrafts = {
      "assessment.created", "assessment.updated", "assessment.answered", "assessment.imported", "assessment.attached"};
  if (std::find(kOfDrafts.begin(), kOfDrafts.end(), event.type()) == kOfDrafts.end()) return true;
  const auto uscc = IdIn(event.resource(), "applicants");
  return call.HasRole(options::v1::ROLE_AUDITOR) || (uscc && SeesDrafts(call, {.uscc = std::string(*uscc)}));
}

Task<absl::StatusOr<KeptAssessment>> Visible(const AssessmentRepository& repository, const rpc::Call& call,
                                             AssessmentName name) {
  CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await repository.Get(name));
  if (kept.assessment.state() == v1::Assessment::STATE_DRAFT && !SeesDrafts(call, name.applicant)) {
    co_return errors::AssessmentNotFound(name.ToString());
  }
  co_return kept;
}

Task<absl::Status> CheckAttachments(const EvidenceRepository& evidence, const Answers& answers, std::string parent) {
  std::vector<AttachmentName> names;
  std::vector<std::string> fields;
  for (int i = 0; i < answers.size(); ++i) {
    for (int j = 0; j < answers[i].evidence_size(); ++j) {
      if (!answers[i].evidence(j).has_attachment()) continue;
      fields.push_back(absl::StrCat(FieldPath(parent, "answers"), "[", i, "].evidence[", j, "].attachment"));
      CO_ASSIGN_OR_RETURN(AttachmentName name,
                          AttachmentName::Parse(answers[i].evidence(j).attachment(), fields.back()));
      names.push_back(std::move(name));
    }
  }
  if (names.empty()) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(const std::vector<bool> there, co_await evidence.AreThere(names));
  std::vector<FieldViolation> violations;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!there[i]) violations.push_back(errors::AttachmentMissing(fields[i], names[i].ToString()));
  }
  if (violations.empty()) co_return absl::OkStatus();
  co_return errors::AnswersInvalid(std::move(violations));
}

}  // namespace jiebang::maturity
