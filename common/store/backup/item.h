// What a store holds, piece by piece: what back-ups are made of, the same for every engine.
#ifndef JIEBANG_COMMON_STORE_BACKUP_ITEM_H_
#define JIEBANG_COMMON_STORE_BACKUP_ITEM_H_

#include <compare>
#include <cstdint>
#include <string>
#include <variant>

#include "common/store/store.h"

namespace jiebang::store::backup {

// What follows is of this service.
struct ServiceStart {
  std::string service;

  friend bool operator==(const ServiceStart&, const ServiceStart&) = default;
};

struct StoredRecord {
  Key key;
  std::uint64_t version = 0;
  std::string value;

  friend bool operator==(const StoredRecord&, const StoredRecord&) = default;
};

struct StoredReplay {
  std::string partition;
  Replay replay;
  std::int64_t kept_until = 0;  // seconds since 1970

  friend bool operator==(const StoredReplay&, const StoredReplay&) = default;
};

// The shard's entries 1 to `compacted` are gone; stands before its first entry, and only if there are such.
struct JournalStart {
  int shard = 0;
  std::uint64_t compacted = 0;

  friend bool operator==(const JournalStart&, const JournalStart&) = default;
};

struct StoredEntry {
  int shard = 0;
  JournalEntry entry;

  friend bool operator==(const StoredEntry&, const StoredEntry&) = default;
};

using Item = std::variant<ServiceStart, StoredRecord, StoredReplay, JournalStart, StoredEntry>;

// The canonical order of what follows one ServiceStart: records by table, partition and id; replays by partition and
// key; the journal by shard and sequence. Equal: the two stand at the same place, whatever they hold.
std::strong_ordering OrderWithinService(const Item& a, const Item& b);

// Where it stands, for people: `the record of table "units", partition "units", id "320000"`.
std::string PlaceOf(const Item& item);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_ITEM_H_
