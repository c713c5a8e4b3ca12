#include "services/application/domain/lifecycle.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/field_mask/field_mask.h"
#include "common/status/status_macros.h"
#include "services/application/domain/content.h"
#include "services/application/domain/errors.h"

namespace jiebang::application {
namespace {

// What the applicant writes. The rest is the service's, or stands in the name.
constexpr std::string_view kContent[] = {"title",
                                         "sections",
                                         "scenario_instances",
                                         "indicators",
                                         "declarations",
                                         "explanations",
                                         "incidents",
                                         "maturity_assessment",
                                         "industry_guidance_document"};

absl::Status CheckOnFileAndFree(const v1::Application& application) {
  if (!application.held_by().empty()) return ApplicationHeld(application);
  if (application.state() != v1::Application::STATE_SUBMITTED) return ApplicationNotSubmitted(application);
  return absl::OkStatus();
}

v1::Application Touched(v1::Application application, absl::Time now) {
  *application.mutable_update_time() = ToTimestamp(now);
  return application;
}

}  // namespace

absl::Status CheckFilingIsOpen(const programme::Programme& programme, const std::string& track, absl::Time now) {
  if (!programme.TakesApplications(track)) return TrackNotFound(programme.id(), track);
  const absl::Time last_moment = programme.LastMoment(track, programme::v1::ACT_FILE);
  if (now < last_moment) return absl::OkStatus();
  return DeadlinePassed(programme.FindDeadline(track, programme::v1::ACT_FILE), last_moment, now);
}

absl::StatusOr<v1::Application> Draft(const ApplicationName& name, v1::Application asked, v1::Applicant applicant,
                                      absl::Time now) {
  v1::Application draft;
  google::protobuf::FieldMask everything;
  everything.add_paths("*");
  RETURN_IF_ERROR(ApplyFieldMask(everything, kContent, asked, draft));
  draft.set_name(name.ToString());
  draft.set_track(asked.track());
  draft.set_state(v1::Application::STATE_DRAFT);
  *draft.mutable_applicant() = std::move(applicant);
  *draft.mutable_create_time() = ToTimestamp(now);
  RETURN_IF_ERROR(CheckSize(draft));
  return Touched(std::move(draft), now);
}

absl::StatusOr<v1::Application> Edit(v1::Application application, const v1::Application& asked,
                                     const google::protobuf::FieldMask& mask, absl::Time now) {
  RETURN_IF_ERROR(CheckCanBeFiled(application));
  if (!asked.track().empty() && asked.track() != application.track()) return TrackImmutable(application.track());
  RETURN_IF_ERROR(ApplyFieldMask(mask, kContent, asked, application));
  RETURN_IF_ERROR(CheckSize(application));
  return Touched(std::move(application), now);
}

absl::Status CheckCanBeFiled(const v1::Application& application) {
  if (!application.held_by().empty()) return ApplicationHeld(application);
  if (application.state() == v1::Application::STATE_SUBMITTED) return ApplicationNotEditable(application);
  return absl::OkStatus();
}

Filing File(v1::Application application, const v1::Applicant& applicant, absl::Time now) {
  application.set_state(v1::Application::STATE_SUBMITTED);
  application.set_revision(application.revision() + 1);
  application.clear_return_reason();
  *application.mutable_applicant() = applicant;
  *application.mutable_submit_time() = ToTimestamp(now);
  application.set_content_digest(ContentDigest(application));

  Filing filing{.application = Touched(std::move(application), now)};
  filing.revision.set_name(absl::StrCat(filing.application.name(), "/revisions/", filing.application.revision()));
  *filing.revision.mutable_application() = filing.application;
  filing.revision.mutable_application()->clear_etag();
  filing.revision.set_content_digest(filing.application.content_digest());
  *filing.revision.mutable_submit_time() = filing.application.submit_time();
  return filing;
}

v1::SubmitReceipt ReceiptOf(const Filing& filing) {
  v1::SubmitReceipt receipt;
  receipt.set_application(filing.application.name());
  receipt.set_revision(filing.application.revision());
  receipt.set_content_digest(filing.application.content_digest());
  *receipt.mutable_submit_time() = filing.application.submit_time();
  return receipt;
}

absl::StatusOr<v1::Application> Withdraw(v1::Application application, absl::Time now) {
  RETURN_IF_ERROR(CheckOnFileAndFree(application));
  application.set_state(v1::Application::STATE_WITHDRAWN);
  return Touched(std::move(application), now);
}

absl::StatusOr<v1::Application> Return(v1::Application application, std::string reason, absl::Time now) {
  RETURN_IF_ERROR(CheckOnFileAndFree(application));
  application.set_state(v1::Application::STATE_RETURNED);
  application.set_return_reason(std::move(reason));
  return Touched(std::move(application), now);
}

bool HasHeld(const v1::Application& application, int revision, const HoldStep& step) {
  return application.hold_step() == step.number && application.held_by() == step.holder &&
         application.revision() == revision;
}

absl::StatusOr<v1::Application> Hold(v1::Application application, int revision, const HoldStep& step, absl::Time now) {
  if (application.hold_step() >= step.number) return HoldStepSuperseded(application, step.number);
  if (application.state() != v1::Application::STATE_SUBMITTED) return ApplicationNotSubmitted(application);
  if (application.revision() != revision) return RevisionChanged(application, revision);
  if (!application.held_by().empty() && application.held_by() != step.holder) return ApplicationHeld(application);
  application.set_held_by(step.holder);
  application.set_hold_step(step.number);
  return Touched(std::move(application), now);
}

bool HasReleased(const v1::Application& application, const HoldStep& step) {
  return application.hold_step() == step.number && application.held_by() != step.holder;
}

absl::StatusOr<v1::Application> Release(v1::Application application, const HoldStep& step, absl::Time now) {
  if (application.hold_step() >= step.number) return HoldStepSuperseded(application, step.number);
  if (!application.held_by().empty() && application.held_by() != step.holder) return ApplicationHeld(application);
  application.clear_held_by();
  application.set_hold_step(step.number);
  return Touched(std::move(application), now);
}

}  // namespace jiebang::application
