// Those who call in a storm: enterprises with a token of their own and an application each.
#ifndef JIEBANG_TESTS_STORM_CALLERS_H_
#define JIEBANG_TESTS_STORM_CALLERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/token/keys.h"
#include "jiebang/application/v1/application.pb.h"

namespace jiebang::storm {

struct Enterprise {
  std::string uscc;
  std::string authorization;
  std::string application;  // its name
};

struct World {
  std::string programme;
  std::string unit;
  application::v1::Application content;  // of every application; breaks no rule
};

// So many enterprises, each with a token that lives for hours. The same ones for the same numbers.
absl::StatusOr<std::vector<Enterprise>> InventEnterprises(int number, const World& world, const token::SigningKey& key);

// "Bearer <token>" of the ministry.
absl::StatusOr<std::string> MinistryAuthorization(const token::SigningKey& key);

}  // namespace jiebang::storm

#endif  // JIEBANG_TESTS_STORM_CALLERS_H_
