#include "common/field_limits/field_limits.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/field_limits/check.h"
#include "common/field_limits/plan.h"
#include "common/field_limits/wire_check.h"
#include "common/status/status_macros.h"
#include "google/protobuf/message.h"

namespace jiebang {

FieldLimits::FieldLimits(std::shared_ptr<const field_limits::Plan> plan) : plan_(std::move(plan)) {}

absl::StatusOr<FieldLimits> FieldLimits::For(const google::protobuf::Descriptor& descriptor) {
  ASSIGN_OR_RETURN(auto plan, field_limits::Compile(descriptor));
  return FieldLimits(std::move(plan));
}

absl::Status FieldLimits::Check(const google::protobuf::Message& message, std::optional<std::string_view> bytes) const {
  if (plan_ == nullptr || plan_->root().descriptor != message.GetDescriptor()) {
    return absl::InternalError(absl::StrCat("these limits are not those of ", message.GetDescriptor()->full_name()));
  }
  if (bytes && field_limits::SurelyKeepsLimits(*plan_, *bytes)) return absl::OkStatus();
  field_limits::Violations violations = field_limits::Walk(*plan_, message);
  return violations.empty() ? absl::OkStatus() : std::move(violations).ToStatus();
}

}  // namespace jiebang
