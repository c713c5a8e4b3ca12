// The leaf of an entry of a journal: the bytes that are sealed.
#ifndef JIEBANG_COMMON_SEAL_LEAF_H_
#define JIEBANG_COMMON_SEAL_LEAF_H_

#include <string>

#include "common/store/store.h"

namespace jiebang::seal {

// Shard (4 bytes), sequence (8 bytes), then partition, type, resource and payload, each after its length (4 bytes);
// numbers are big-endian. No two entries have the same bytes, in whatever shard or place they stand.
std::string LeafBytes(int shard, const store::JournalEntry& entry);

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_LEAF_H_
