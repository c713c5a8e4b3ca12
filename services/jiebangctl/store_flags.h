// The stores of a suite as an operator names them to `jiebangctl backup` and `jiebangctl restore`.
#ifndef JIEBANG_SERVICES_JIEBANGCTL_STORE_FLAGS_H_
#define JIEBANG_SERVICES_JIEBANGCTL_STORE_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/store/backup/stores.h"

namespace jiebang::ctl {

struct StoreFlags {
  // One store each, as services take it for --store. The service's name is the file's without its extension, or the
  // prefix; NAME=LOCATION gives it another.
  std::vector<std::string> stores;
  // The directory of `jiebang serve --all --data`.
  std::string data;
  // The Redis of `jiebang serve --all --store`.
  std::string suite_store;
};

// Ascending by service, at least one. INVALID_ARGUMENT: none, several ways to name a suite at once, a service twice, or
// as ParseLocation.
absl::StatusOr<std::vector<store::backup::ServiceStore>> StoresOf(const StoreFlags& flags);

}  // namespace jiebang::ctl

#endif  // JIEBANG_SERVICES_JIEBANGCTL_STORE_FLAGS_H_
