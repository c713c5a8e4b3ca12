// Opens a store by where it is: the one place that knows every engine.
#ifndef JIEBANG_COMMON_STORE_OPEN_H_
#define JIEBANG_COMMON_STORE_OPEN_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/store/location.h"
#include "common/store/store.h"

namespace jiebang::store {

// Blocks until the store can be used. FAILED_PRECONDITION: it must not be used as it is (of a newer program, in use by
// another process, a Redis that would forget); UNAVAILABLE: it cannot be reached.
absl::StatusOr<std::unique_ptr<Store>> Open(const Location& location);

// The same for the text of a flag; INVALID_ARGUMENT as ParseLocation.
absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& location);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_OPEN_H_
