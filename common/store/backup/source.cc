#include "common/store/backup/source.h"

#include "common/status/status_macros.h"

namespace jiebang::store::backup {

absl::Status Copy(Source& source, Sink& sink) {
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<Item> item, source.Next());
    if (!item) return absl::OkStatus();
    RETURN_IF_ERROR(sink.Put(*item));
  }
}

}  // namespace jiebang::store::backup
