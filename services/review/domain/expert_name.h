// The resource name of an expert.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_EXPERT_NAME_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_EXPERT_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::review {

// True for what this service lets its callers choose as an id: 1 to 63 of a-z0-9-, but not "-", which stands for any.
bool IsChosenId(std::string_view id);

// `experts/{expert}`.
class ExpertName {
 public:
  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED.
  static absl::StatusOr<ExpertName> Parse(std::string_view name, std::string_view field = "name");

  explicit ExpertName(std::string id) : id_(std::move(id)) {}

  const std::string& id() const { return id_; }
  std::string ToString() const;

 private:
  std::string id_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_EXPERT_NAME_H_
