// What engines give to a back-up and take from a restore.
#ifndef JIEBANG_COMMON_STORE_BACKUP_SNAPSHOT_H_
#define JIEBANG_COMMON_STORE_BACKUP_SNAPSHOT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/source.h"

namespace jiebang::store::backup {

// What the stores of several services hold at one moment, taken while the services run: a cut through all of them, so
// that whatever was written after something else is in it only if that is, too.
class Snapshot : public Source {
 public:
  // How long the services' writes had to wait for it; known when Next has come to the end.
  virtual absl::Duration writes_waited() const = 0;
};

// Puts content into empty stores that no service uses. After an error, or without Finish, they must not be used: they
// may be half full, and are to be emptied before the next attempt.
class Restore : public Sink {
 public:
  // All that was put, as it stands in the stores now; nothing is put any more.
  virtual absl::StatusOr<std::unique_ptr<Source>> ReadBack() = 0;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_SNAPSHOT_H_
