// Says where two contents differ first.
#ifndef JIEBANG_COMMON_STORE_BACKUP_COMPARE_H_
#define JIEBANG_COMMON_STORE_BACKUP_COMPARE_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/source.h"

namespace jiebang::store::backup {

// What to call the two, e.g. the names of two files.
struct Sides {
  std::string a;
  std::string b;
};

// nullopt: they hold the same. Otherwise the first difference, for people: service, table, partition, id, and what
// differs. A remembered answer that one side has forgotten because its time had come, as `now` says, is no difference.
absl::StatusOr<std::optional<std::string>> FirstDifference(Source& a, Source& b, const Sides& sides,
                                                           const std::function<absl::Time()>& now);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_COMPARE_H_
