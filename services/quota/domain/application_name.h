// Names of applications, as far as a list needs to know them.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_APPLICATION_NAME_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_APPLICATION_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::quota {

// `programmes/{programme}/units/{unit}/applicants/{applicant}/applications/{application}`
struct ApplicationName {
  std::string programme;
  std::string unit;
  std::string applicant;
  std::string id;

  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED, naming the field `application`.
  static absl::StatusOr<ApplicationName> Parse(std::string_view name);

  std::string ToString() const;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_APPLICATION_NAME_H_
