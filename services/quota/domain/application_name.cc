#include "services/quota/domain/application_name.h"

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::quota {

absl::StatusOr<ApplicationName> ApplicationName::Parse(std::string_view name) {
  ASSIGN_OR_RETURN(
      auto ids,
      ParseResourceName("programmes/{programme}/units/{unit}/applicants/{applicant}/applications/{application}", name,
                        "application"));
  return ApplicationName{std::move(ids[0]), std::move(ids[1]), std::move(ids[2]), std::move(ids[3])};
}

std::string ApplicationName::ToString() const {
  return absl::StrCat("programmes/", programme, "/units/", unit, "/applicants/", applicant, "/applications/", id);
}

}  // namespace jiebang::quota
