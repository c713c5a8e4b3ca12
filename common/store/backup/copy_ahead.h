// Copies with a thread of its own for the sink.
#ifndef JIEBANG_COMMON_STORE_BACKUP_COPY_AHEAD_H_
#define JIEBANG_COMMON_STORE_BACKUP_COPY_AHEAD_H_

#include "absl/status/status.h"
#include "common/store/backup/source.h"

namespace jiebang::store::backup {

// As Copy, for a source that keeps others waiting while it is read: the sink may lag behind it by some 80 MiB.
absl::Status CopyAhead(Source& source, Sink& sink);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_COPY_AHEAD_H_
