#include "services/maturity/domain/assessment.h"

#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/field_mask/field_mask.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/domain/sections.h"

namespace jiebang::maturity {
namespace {

constexpr std::array<std::string_view, 2> kChangeable = {"answers", "tailored_subdomains"};

absl::Status CheckDraft(const v1::Assessment& assessment) {
  if (assessment.state() == v1::Assessment::STATE_DRAFT) return absl::OkStatus();
  return errors::AssessmentSubmitted(assessment.name());
}

absl::Status CheckAnswers(const MaturityModel& model, const v1::Assessment& draft, const Answers& given,
                          const std::string& parent) {
  const auto sheet = AnswerSheet::Of(model, draft.manufacturing_type(), given, FieldPath(parent, "answers"));
  RETURN_IF_ERROR(sheet.status());
  return CheckEvidence(draft.name(), given, parent);
}

// What is worked out anew after every change.
absl::Status Settle(const std::shared_ptr<const MaturityModel>& model, const Act& act, v1::Assessment& draft) {
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, draft));
  const AnswerSheet sheet = SheetOf(*model, draft);
  RefreshSections(scope, sheet, act.at, draft);
  *draft.mutable_result() = Evaluate(scope, sheet);
  *draft.mutable_update_time() = ToTimestamp(act.at);
  if (draft.ByteSizeLong() > kMaxAssessmentBytes) return errors::AssessmentTooLarge(draft.name(), kMaxAssessmentBytes);
  return absl::OkStatus();
}

absl::Status CheckEarlier(const v1::Assessment& draft, const v1::Assessment& earlier) {
  if (earlier.state() != v1::Assessment::STATE_SUBMITTED) return errors::AssessmentNotSubmitted(earlier.name());
  if (earlier.model() != draft.model()) return errors::ModelsMixed(draft.model(), earlier.name(), earlier.model());
  if (earlier.manufacturing_type() != draft.manufacturing_type()) return errors::TypesMixed(earlier.name());
  if (earlier.object() != draft.object()) return errors::ObjectsMixed(earlier.name(), earlier.object());
  return absl::OkStatus();
}

// The answers of an earlier assessment without its files, which stay with it.
Answers WithoutAttachments(Answers answers) {
  for (v1::Answer& answer : answers) {
    auto& evidence = *answer.mutable_evidence();
    for (int i = evidence.size(); i-- > 0;) {
      if (evidence[i].has_attachment()) evidence.DeleteSubrange(i, 1);
    }
  }
  return answers;
}

std::set<std::string> SubdomainsOf(const MaturityModel& model, const Answers& answers) {
  std::set<std::string> subdomains;
  for (const v1::Answer& answer : answers) {
    if (const auto place = model.PlaceOfItem(answer.item())) subdomains.insert(model.LeafOfItem(*place).id());
  }
  return subdomains;
}

}  // namespace

absl::StatusOr<Scope> ScopeOf(const std::shared_ptr<const MaturityModel>& model, const v1::Assessment& assessment) {
  return Scope::Of(model, assessment.manufacturing_type(), assessment.tailored_subdomains(), "assessment");
}

AnswerSheet SheetOf(const MaturityModel& model, const v1::Assessment& assessment) {
  return AnswerSheet::OfKept(model, assessment.answers());
}

absl::StatusOr<v1::Assessment> NewDraft(const std::shared_ptr<const MaturityModel>& model, const AssessmentName& name,
                                        const v1::Assessment& asked, const v1::Assessment* earlier, const Act& act) {
  v1::Assessment draft;
  draft.set_name(name.ToString());
  draft.set_model(model->name());
  draft.set_manufacturing_type(asked.manufacturing_type());
  draft.set_object(asked.object());
  draft.set_state(v1::Assessment::STATE_DRAFT);
  *draft.mutable_tailored_subdomains() = asked.tailored_subdomains();
  RETURN_IF_ERROR(ScopeOf(model, draft).status());
  RETURN_IF_ERROR(CheckAnswers(*model, draft, asked.answers(), "assessment"));
  if (earlier != nullptr) {
    RETURN_IF_ERROR(CheckEarlier(draft, *earlier));
    draft.set_started_from(earlier->name());
    *draft.mutable_answers() = WithoutAttachments(earlier->answers());
    if (asked.tailored_subdomains().empty()) *draft.mutable_tailored_subdomains() = earlier->tailored_subdomains();
  }
  *draft.mutable_answers() = Merged(draft.answers(), asked.answers());
  *draft.mutable_create_time() = ToTimestamp(act.at);
  RETURN_IF_ERROR(Settle(model, act, draft));
  MarkSaved(SubdomainsOf(*model, draft.answers()), act, draft);
  return draft;
}

absl::StatusOr<v1::Assessment> Changed(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                       const v1::Assessment& change, const google::protobuf::FieldMask& mask,
                                       const Act& act) {
  RETURN_IF_ERROR(CheckDraft(draft));
  RETURN_IF_ERROR(CheckAnswers(*model, draft, change.answers(), "assessment"));
  v1::Assessment wanted = change;
  // Named in the mask without any, answers stay: merging nothing changes nothing.
  if (!change.answers().empty() || !mask.paths().empty()) {
    *wanted.mutable_answers() = Merged(draft.answers(), change.answers());
  }
  RETURN_IF_ERROR(ApplyFieldMask(mask, kChangeable, wanted, draft));
  RETURN_IF_ERROR(Settle(model, act, draft));
  MarkSaved(SubdomainsOf(*model, change.answers()), act, draft);
  return draft;
}

absl::StatusOr<v1::Assessment> WithSection(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                           const std::string& subdomain, const std::string& etag,
                                           const Answers& answers, const Act& act) {
  RETURN_IF_ERROR(CheckDraft(draft));
  const v1::Section* const section = FindSection(draft, subdomain);
  if (section == nullptr) return errors::SectionNotFound(draft.name(), subdomain);
  if (!etag.empty() && etag != section->etag()) {
    return errors::EtagMismatch(absl::StrCat(draft.name(), " ", subdomain), etag, section->etag());
  }
  RETURN_IF_ERROR(CheckAnswers(*model, draft, answers, ""));
  RETURN_IF_ERROR(CheckAnswersOfSection(*model, subdomain, answers));
  *draft.mutable_answers() = Merged(draft.answers(), answers);
  RETURN_IF_ERROR(Settle(model, act, draft));
  MarkSaved({subdomain}, act, draft);
  return draft;
}

absl::StatusOr<v1::Assessment> Submitted(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                         const v1::AssessmentObject& object, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(draft));
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, draft));
  const AnswerSheet sheet = SheetOf(*model, draft);
  const std::vector<std::string> missing = UnansweredItems(scope, sheet);
  if (!missing.empty()) return errors::AnswersMissing(draft.name(), missing);
  *draft.mutable_result() = Evaluate(scope, sheet);
  draft.clear_sections();
  *draft.mutable_object_at_submission() = object;
  draft.set_state(v1::Assessment::STATE_SUBMITTED);
  *draft.mutable_update_time() = ToTimestamp(now);
  *draft.mutable_submit_time() = ToTimestamp(now);
  return draft;
}

const v1::Section* FindSection(const v1::Assessment& draft, const std::string& subdomain) {
  for (const v1::Section& section : draft.sections()) {
    if (section.subdomain() == subdomain) return &section;
  }
  return nullptr;
}

}  // namespace jiebang::maturity
