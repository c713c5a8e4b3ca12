// The names of long-running operations.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_OPERATION_NAME_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_OPERATION_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::application {

// `operations/{owner}.{id}`: the owner is a digest of the caller's subject, so that callers choose ids without knowing
// of each other, and an operation is found from its name alone.
struct OperationName {
  std::string owner;
  std::string id;

  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED.
  static absl::StatusOr<OperationName> Parse(std::string_view text);
  // Of this caller; `id`: 1 to 40 of `a-z0-9-`.
  static OperationName Of(std::string_view subject, std::string id);

  bool IsOf(std::string_view subject) const;
  std::string ToString() const;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_OPERATION_NAME_H_
