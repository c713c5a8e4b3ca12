// Values of the store as the strings that stand in Redis (keys.h says where).
#ifndef JIEBANG_COMMON_STORE_REDIS_CODEC_H_
#define JIEBANG_COMMON_STORE_REDIS_CODEC_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/store/redis/reply.h"
#include "common/store/store.h"

namespace jiebang::store::redis {

std::string EncodeReplay(const Replay& replay);

// Each answers DATA_LOSS where a string is none of ours. Nil: nullopt.
absl::StatusOr<std::optional<Replay>> DecodeReplay(const std::string& key, const Reply& reply);
absl::StatusOr<std::optional<Record>> DecodeRecord(std::string id, Reply reply);
absl::StatusOr<Page> DecodePage(Reply reply);
absl::StatusOr<std::vector<JournalEntry>> DecodeEntries(Reply reply);

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_CODEC_H_
