// The stores of a suite by where they are: the one place of this library that knows every engine.
#ifndef JIEBANG_COMMON_STORE_BACKUP_STORES_H_
#define JIEBANG_COMMON_STORE_BACKUP_STORES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/snapshot.h"
#include "common/store/location.h"

namespace jiebang::store::backup {

// A service's store. The name is what it is called in a back-up file, whatever its file or prefix.
struct ServiceStore {
  std::string service;
  Location location;
};

// Both: `stores` ascend by service and are all of one engine; INVALID_ARGUMENT when they are not. Errors as those of
// the engine's own function; answers that had expired by `now` are left out.
//
// ABORTED: writes would have to wait for longer than `longest_pause`.
absl::StatusOr<std::unique_ptr<Snapshot>> TakeSnapshot(const std::vector<ServiceStore>& stores, absl::Time now,
                                                       absl::Duration longest_pause = absl::Seconds(25));
absl::StatusOr<std::unique_ptr<Restore>> BeginRestore(const std::vector<ServiceStore>& stores, absl::Time now);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_STORES_H_
