// Files that stand beside an assessment as evidence.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ATTACHMENT_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ATTACHMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/assessment_name.h"

namespace jiebang::maturity {

// As many files as one assessment may have.
inline constexpr int kMaxAttachments = 100;

// INVALID_ARGUMENT ATTACHMENT_TYPE_WRONG: the type is not taken, or the content's first bytes are of another.
absl::StatusOr<v1::Attachment> NewAttachment(const AttachmentName& name, const v1::Attachment& asked,
                                             const std::string& content, absl::Time now);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ATTACHMENT_H_
