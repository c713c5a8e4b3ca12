// The store: an ordered, versioned key space with atomic commits and a journal. Every record of the suite lives behind
// this interface; nothing outside an engine knows which engine it is. A second engine can be written from this header
// and the conformance suite alone.
#ifndef JIEBANG_COMMON_STORE_STORE_H_
#define JIEBANG_COMMON_STORE_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/store/replay.h"

namespace jiebang::store {

// Where a record stands. Bytes, compared as unsigned bytes; table and partition non-empty, without the byte 0. Limits:
// kMaxKeyBytes. An empty id stands before every other, so a scan, which begins after something, never meets it.
struct Key {
  std::string table;
  std::string partition;
  std::string id;

  friend bool operator==(const Key&, const Key&) = default;
};

// What stands there. `version` counts the puts to this key since it was absent: the first put makes 1, each further one
// adds 1, so the version that a put will make is known before its commit. A delete sets it back to absent (0).
struct Record {
  std::string id;
  std::uint64_t version = 0;
  std::string value;

  friend bool operator==(const Record&, const Record&) = default;
};

// "The record (table, id) of the commit's partition has exactly this version"; 0: it is absent.
struct Precondition {
  std::string table;
  std::string id;
  std::uint64_t version = 0;
};

struct Put {
  std::string table;
  std::string id;
  std::string value;
};

struct Delete {
  std::string table;
  std::string id;
};

// What happened, for the audit trail, other services and integrators; written in the same commit as the change itself.
struct Event {
  std::string type;      // e.g. "application.submitted"
  std::string resource;  // the resource's full name
  std::string payload;   // a serialized jiebang.journal.v1.Event; the store does not look into it

  friend bool operator==(const Event&, const Event&) = default;
};

// One atomic step within one partition: all of it happens, or none. A key appears at most once among puts and deletes.
struct Commit {
  std::string partition;
  std::vector<Precondition> preconditions;
  std::vector<Put> puts;
  std::vector<Delete> deletes;
  std::vector<Event> events;
  std::optional<Replay> replay;  // set: at most one commit of this partition ever carries this key
};

// An event as the journal holds it. `sequence` starts at 1 in each shard and has no gap; events of one commit are
// adjacent, in order.
struct JournalEntry {
  std::uint64_t sequence = 0;
  std::string partition;
  Event event;

  friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

struct Page {
  std::vector<Record> records;  // ascending by id
  bool more = false;            // records follow the last one
};

inline constexpr int kShards = 16;
inline constexpr std::size_t kMaxKeyBytes = 512;          // table + partition + id
inline constexpr std::size_t kMaxTextBytes = 512;         // a replay's key or fingerprint, an event's type or resource
inline constexpr std::size_t kMaxValueBytes = 4 << 20;    // one value, one replay's answer
inline constexpr std::size_t kMaxEventBytes = 256 << 10;  // one event's payload
inline constexpr std::size_t kMaxCommitOperations = 1'000;  // preconditions + puts + deletes + events
inline constexpr std::size_t kMaxCommitBytes = 16 << 20;    // all values, payloads and the answer of one commit
inline constexpr std::size_t kMaxScanRecords = 1'000;       // one page, one GetMany
inline constexpr std::size_t kMaxPageBytes = 16 << 20;      // where a page ends early, with one record at least

// The journal shard of a partition, the same in every engine and for ever: CRC-16/XMODEM of the partition, modulo
// kShards.
int ShardOf(const std::string& partition);

// Thread-safe. Methods are awaited on any executor and come back to it; none blocks its thread. What was acknowledged
// is durable (survives kill -9 and power loss as far as the disk keeps its promise); reads see every commit that was
// acknowledged before they were asked. Errors common to all:
//
// INVALID_ARGUMENT: a limit above; an empty table, partition or replay key.
// UNAVAILABLE: the engine cannot be reached or is stopping. Nothing is known of the outcome of a commit that answers
// so; repeat it with its replay key.
// RESOURCE_EXHAUSTED: the engine's disk or memory is full. The commit left everything as it was.
// DATA_LOSS: what is stored is not what was written. Repeating does not help, a back-up does.
class Store {
 public:
  virtual ~Store() = default;

  // Applies the commit. Errors, each leaving everything as it was:
  //
  // ALREADY_EXISTS: the replay key was used by an earlier commit (FindReplay has its answer). This goes before ABORTED,
  // since a repeated request meets the change that it made itself.
  // ABORTED: a precondition does not hold, or the same key was changed at the same time.
  virtual Task<absl::Status> Apply(Commit commit) = 0;

  // NOT_FOUND when absent.
  virtual Task<absl::StatusOr<Record>> Get(Key key) = 0;

  // One answer a key, in order of the keys; nullopt when absent. Keys may be of several partitions; each is read
  // atomically, the whole is not. At most kMaxScanRecords keys.
  virtual Task<absl::StatusOr<std::vector<std::optional<Record>>>> GetMany(std::vector<Key> keys) = 0;

  // Up to `limit` (1 to kMaxScanRecords) records of (table, partition) with after < id, and id starting with `prefix`,
  // ascending. One page is read atomically; it is the last one exactly if `more` is false, however few its records.
  virtual Task<absl::StatusOr<Page>> Scan(std::string table, std::string partition, std::string prefix,
                                          std::string after, std::size_t limit) = 0;

  // The answer of the commit that carried this replay key in this partition, kept for at least kReplayKept. NOT_FOUND
  // when none did.
  virtual Task<absl::StatusOr<Replay>> FindReplay(std::string partition, std::string replay_key) = 0;

  // Up to `limit` (1 to kMaxScanRecords) entries of the shard with sequence > after, ascending, without a gap; none
  // exactly if there is none yet. OUT_OF_RANGE: the entry after `after` was compacted away.
  virtual Task<absl::StatusOr<std::vector<JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                                      std::size_t limit) = 0;

  // The last sequence of each shard (0: empty); cheap enough to ask ten times a second.
  virtual Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() = 0;

  // Takes the entries of the shard up to `up_to` away; those that are away already are no error. INVALID_ARGUMENT when
  // no entry is behind it: the last one of a journal always stays. Takes as long as there are entries to take away, and
  // with SQLite holds up commits so long: a thousand at a time is a good step.
  virtual Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) = 0;

  // The last sequence of each shard that was compacted away (0: none).
  virtual Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() = 0;
};

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_STORE_H_
