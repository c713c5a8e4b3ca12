// Where what stands beside an assessment is kept: its attachments and its verification, with their applicant.
#ifndef JIEBANG_SERVICES_MATURITY_REPOSITORY_EVIDENCE_REPOSITORY_H_
#define JIEBANG_SERVICES_MATURITY_REPOSITORY_EVIDENCE_REPOSITORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "jiebang/maturity/v1/verification.pb.h"
#include "services/maturity/domain/assessment_name.h"
#include "services/maturity/repository/kept_proto.h"

namespace jiebang::maturity {

using KeptVerification = Kept<v1::Verification>;  // its etag is set

class EvidenceRepository {
 public:
  explicit EvidenceRepository(store::Store& store) : store_(store) {}

  // Keeps a file of a draft whose assessment still has this version. ABORTED: the file is there already, or the
  // assessment has another version, or another file was kept at the same time; RESOURCE_EXHAUSTED ATTACHMENTS_FULL.
  Task<absl::Status> Attach(AttachmentName name, std::uint64_t assessment_version, v1::Attachment attachment,
                            std::string content, store::Event event, std::optional<store::Replay> replay) const;

  // NOT_FOUND ATTACHMENT_NOT_FOUND.
  Task<absl::StatusOr<v1::Attachment>> Attachment(AttachmentName name) const;
  Task<absl::StatusOr<std::string>> Content(AttachmentName name) const;

  // Whether each is there, in order.
  Task<absl::StatusOr<std::vector<bool>>> AreThere(std::vector<AttachmentName> names) const;

  // nullopt: nobody was appointed.
  Task<absl::StatusOr<std::optional<KeptVerification>>> Verification(AssessmentName name) const;

  // The level that was verified, of those that are completed; in order.
  Task<absl::StatusOr<std::vector<std::optional<int>>>> VerifiedLevels(std::vector<AssessmentName> names) const;

  // Keeps `verification` in the place of that with `version` (0: there is none). ABORTED when there is another version.
  Task<absl::Status> SaveVerification(AssessmentName name, v1::Verification verification, std::uint64_t version,
                                      store::Event event, std::optional<store::Replay> replay) const;

 private:
  store::Store& store_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPOSITORY_EVIDENCE_REPOSITORY_H_
