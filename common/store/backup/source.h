// Where the content of a suite comes from and where it goes: a running store, an empty one, a file.
#ifndef JIEBANG_COMMON_STORE_BACKUP_SOURCE_H_
#define JIEBANG_COMMON_STORE_BACKUP_SOURCE_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/store/backup/item.h"

namespace jiebang::store::backup {

// All that one or several services hold at one moment, piece by piece, however much it is: services in ascending order
// of their names, each one's items in canonical order (item.h). For one thread at a time.
class Source {
 public:
  virtual ~Source() = default;

  // nullopt after the last item, and this says that all of it was whole and of one moment: who stops before must not
  // use what came. After an error or the end it is not asked again.
  // DATA_LOSS: what is stored is not what was written. UNAVAILABLE: the engine cannot be reached.
  virtual absl::StatusOr<std::optional<Item>> Next() = 0;
};

// Takes what a Source gives, in its order. For one thread at a time.
class Sink {
 public:
  virtual ~Sink() = default;

  virtual absl::Status Put(const Item& item) = 0;
  // What was put is durable when this comes back with OK; without it nothing counts.
  virtual absl::Status Finish() = 0;
};

// Everything from the one to the other, but for the sink's Finish.
absl::Status Copy(Source& source, Sink& sink);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_SOURCE_H_
