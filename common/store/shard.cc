#include "common/store/crc16.h"
#include "common/store/store.h"

namespace jiebang::store {

int ShardOf(const std::string& partition) { return static_cast<int>(Crc16(partition) % kShards); }

}  // namespace jiebang::store
