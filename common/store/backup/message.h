// Items as the messages of a back-up file (protos/jiebang/backup/v1/backup.proto).
#ifndef JIEBANG_COMMON_STORE_BACKUP_MESSAGE_H_
#define JIEBANG_COMMON_STORE_BACKUP_MESSAGE_H_

#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/store/backup/item.h"
#include "jiebang/backup/v1/backup.pb.h"

namespace jiebang::store::backup {

namespace pb = ::jiebang::backup::v1;

// What a file begins with, in every version; it ends with the SHA-256 of all before.
inline constexpr std::string_view kMagic = "jiebang back-up\n";
inline constexpr int kFormatVersion = 1;

pb::Item ToMessage(const Item& item);
// DATA_LOSS: a kind or a number that no program of this version writes.
absl::StatusOr<Item> FromMessage(pb::Item message);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_MESSAGE_H_
