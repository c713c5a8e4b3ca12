#include "services/maturity/domain/object.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/clock/timestamp.h"
#include "common/field_mask/field_mask.h"
#include "common/status/status_macros.h"
#include "common/uscc/uscc.h"
#include "services/maturity/domain/insight_errors.h"

namespace jiebang::maturity {
namespace {

constexpr std::array<std::string_view, 7> kChangeableOfObject = {"title", "kind",    "industry_code", "region_code",
                                                                 "size",  "drivers", "group"};

// What a mask may have emptied, although it must be there.
absl::Status CheckObject(const v1::AssessmentObject& object) {
  std::vector<FieldViolation> violations;
  const auto require = [&](bool is_there, const char* field) {
    if (!is_there) violations.push_back({.field = field, .description = "is required 必填"});
  };
  require(!object.title().empty(), "object.title");
  require(object.kind() != v1::AssessmentObject::KIND_UNSPECIFIED && v1::AssessmentObject::Kind_IsValid(object.kind()),
          "object.kind");
  require(!object.industry_code().empty(), "object.industry_code");
  require(!object.region_code().empty(), "object.region_code");
  require(object.size() != v1::ENTERPRISE_SIZE_UNSPECIFIED && v1::EnterpriseSize_IsValid(object.size()), "object.size");
  if (!violations.empty()) return errors::ObjectIncomplete(std::move(violations));
  return object.group().empty() ? absl::OkStatus() : CheckUscc(object.group(), "object.group");
}

}  // namespace

absl::StatusOr<v1::AssessmentObject> NewObject(const ObjectName& name, const v1::AssessmentObject& asked,
                                               absl::Time now) {
  v1::AssessmentObject object = asked;
  object.set_name(name.ToString());
  object.clear_etag();
  *object.mutable_create_time() = ToTimestamp(now);
  *object.mutable_update_time() = ToTimestamp(now);
  RETURN_IF_ERROR(CheckObject(object));
  return object;
}

absl::StatusOr<v1::AssessmentObject> ChangedObject(v1::AssessmentObject object, const v1::AssessmentObject& change,
                                                   const google::protobuf::FieldMask& mask, absl::Time now) {
  RETURN_IF_ERROR(ApplyFieldMask(mask, kChangeableOfObject, change, object));
  *object.mutable_update_time() = ToTimestamp(now);
  RETURN_IF_ERROR(CheckObject(object));
  return object;
}

}  // namespace jiebang::maturity
