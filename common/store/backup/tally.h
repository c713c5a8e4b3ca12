// Counts what a back-up file holds of each service, for the one who writes it and the one who reads it.
#ifndef JIEBANG_COMMON_STORE_BACKUP_TALLY_H_
#define JIEBANG_COMMON_STORE_BACKUP_TALLY_H_

#include <string_view>

#include "absl/status/status.h"
#include "common/store/backup/message.h"
#include "common/store/backup/sha256.h"

namespace jiebang::store::backup {

class Tally {
 public:
  // `bytes`: the message with its length, as in the file.
  // DATA_LOSS: it belongs to no service, or services do not ascend.
  absl::Status Add(const pb::Item& message, std::string_view bytes);

  // What was added.
  const pb::Trailer& Finish();

 private:
  void EndService();

  pb::Trailer trailer_;
  Sha256 digest_;  // of the service that runs
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_TALLY_H_
