#include "services/maturity/handler/attachments.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/policy/policy.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/attachment.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/handler/drafts.h"

namespace jiebang::maturity {
namespace {

store::Event WasAttached(const rpc::Call& call, const v1::Attachment& attachment) {
  return call.Happened("assessment.attached", attachment.name(), {{"sha256", attachment.sha256()}});
}

}  // namespace

Task<absl::StatusOr<v1::UploadAttachmentResponse>> Attachments::Upload(const rpc::Call& call,
                                                                       const v1::UploadAttachmentRequest& request) {
  AttachmentName name;
  CO_ASSIGN_OR_RETURN(name.assessment, AssessmentName::Parse(request.parent(), "parent"));
  name.id = request.attachment_id();
  CO_ASSIGN_OR_RETURN(const v1::Attachment attachment,
                      NewAttachment(name, request.attachment(), request.content(), call.now()));
  v1::UploadAttachmentResponse response;
  *response.mutable_attachment() = attachment;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(const KeptAssessment kept, co_await repository_.Get(name.assessment));
    if (kept.assessment.state() != v1::Assessment::STATE_DRAFT) {
      co_return errors::AssessmentSubmitted(kept.assessment.name());
    }
    const absl::Status saved = co_await evidence_.Attach(name, kept.version, attachment, request.content(),
                                                         WasAttached(call, attachment), call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
    const absl::StatusOr<v1::Attachment> present = co_await evidence_.Attachment(name);
    if (present.ok()) co_return errors::AttachmentExists(name.ToString());
  }
  co_return errors::ConcurrentChange(name.assessment.ToString());
}

// Who is neither the owner, the ministry nor the appointed assessor is told that there is none.
Task<absl::StatusOr<v1::DownloadAttachmentResponse>> Attachments::Download(
    const rpc::Call& call, const v1::DownloadAttachmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const AttachmentName name, AttachmentName::Parse(request.name(), "name"));
  const bool owns = policy::Owns(call.principal(), request.name());
  if (!owns) {
    CO_ASSIGN_OR_RETURN(const std::optional<KeptVerification> kept, co_await evidence_.Verification(name.assessment));
    if (!kept || !policy::Owns(call.principal(), kept->message.assessor())) {
      co_return errors::AttachmentNotFound(request.name());
    }
  }
  CO_RETURN_IF_ERROR((co_await Visible(repository_, call, name.assessment)).status());
  v1::DownloadAttachmentResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_attachment(), co_await evidence_.Attachment(name));
  CO_ASSIGN_OR_RETURN(*response.mutable_content(), co_await evidence_.Content(name));
  co_return response;
}

void Attachments::Register(rpc::ServiceMethods& methods) {
  methods.Add("UploadAttachment", this, &Attachments::Upload);
  methods.Add("DownloadAttachment", this, &Attachments::Download);
}

}  // namespace jiebang::maturity
