#include "services/application/domain/applicant.h"

#include <string>
#include <string_view>
#include <vector>

#include "common/clock/timestamp.h"
#include "common/field_mask/field_mask.h"
#include "common/status/status_macros.h"
#include "common/uscc/uscc.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/errors.h"

namespace jiebang::application {
namespace {

constexpr std::string_view kChangeable[] = {"display_name",  "legal_form",   "region_code",   "industry_code",
                                            "central_group", "contact_name", "contact_phone", "uscc_exception_reason"};

absl::Status CheckComplete(const v1::Applicant& applicant) {
  std::vector<std::string> missing;
  if (applicant.display_name().empty()) missing.emplace_back("display_name");
  if (applicant.legal_form() == v1::Applicant::LEGAL_FORM_UNSPECIFIED) missing.emplace_back("legal_form");
  if (applicant.region_code().empty()) missing.emplace_back("region_code");
  if (applicant.industry_code().empty()) missing.emplace_back("industry_code");
  return missing.empty() ? absl::OkStatus() : ApplicantIncomplete(missing);
}

// The reason is kept where it is needed, and nowhere else.
absl::StatusOr<std::string> ExceptionReason(const std::string& uscc, const std::string& given) {
  const absl::Status checked = CheckUscc(uscc, "applicant.name");
  if (checked.ok()) return std::string();
  if (given.empty() || !HasFormOfUscc(uscc)) return checked;
  return given;
}

}  // namespace

absl::StatusOr<v1::Applicant> Register(v1::Applicant asked, Registrar registrar, absl::Time now) {
  ASSIGN_OR_RETURN(const ApplicantName name, ApplicantName::Parse(asked.name(), "applicant.name"));
  if (registrar != Registrar::kMinistry && !asked.uscc_exception_reason().empty()) return UsccExceptionNotAllowed();
  ASSIGN_OR_RETURN(*asked.mutable_uscc_exception_reason(), ExceptionReason(name.uscc, asked.uscc_exception_reason()));
  *asked.mutable_create_time() = ToTimestamp(now);
  *asked.mutable_update_time() = ToTimestamp(now);
  asked.clear_etag();
  return asked;
}

absl::StatusOr<v1::Applicant> Change(const v1::Applicant& present, const v1::Applicant& asked,
                                     const google::protobuf::FieldMask& mask, Registrar registrar, absl::Time now) {
  ASSIGN_OR_RETURN(const ApplicantName name, ApplicantName::Parse(present.name(), "applicant.name"));
  v1::Applicant changed = present;
  RETURN_IF_ERROR(ApplyFieldMask(mask, kChangeable, asked, changed));
  RETURN_IF_ERROR(CheckComplete(changed));
  if (changed.uscc_exception_reason() != present.uscc_exception_reason()) {
    if (registrar != Registrar::kMinistry) return UsccExceptionNotAllowed();
    ASSIGN_OR_RETURN(*changed.mutable_uscc_exception_reason(),
                     ExceptionReason(name.uscc, changed.uscc_exception_reason()));
  }
  *changed.mutable_update_time() = ToTimestamp(now);
  return changed;
}

}  // namespace jiebang::application
