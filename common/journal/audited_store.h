// A store whose journal names every record that a commit changes, with the digest of its value: what ties the records
// that are there to the sealed journal.
#ifndef JIEBANG_COMMON_JOURNAL_AUDITED_STORE_H_
#define JIEBANG_COMMON_JOURNAL_AUDITED_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "common/clock/clock.h"
#include "common/store/store.h"

namespace jiebang::journal {

// The type of an event that says which records changed and nothing else: of a commit that came without an event, or of
// changes that found no room in the event before it. Its resource is the partition. For auditors alone.
inline constexpr char kRecordChanged[] = "record.changed";

// Passes everything on. To a commit that changes records of the trail (trail.h) it adds what it changes (field
// `changes` of jiebang.journal.v1.Event): to its first event, as far as that has room, and then in as many events of
// its own as it takes, at most 4, which count among the operations of the commit.
class AuditedStore : public store::Store {
 public:
  // `clock` outlives it.
  AuditedStore(std::unique_ptr<store::Store> store, const Clock& clock) : store_(std::move(store)), clock_(clock) {}

  Task<absl::Status> Apply(store::Commit commit) override;

  Task<absl::StatusOr<store::Record>> Get(store::Key key) override;
  Task<absl::StatusOr<std::vector<std::optional<store::Record>>>> GetMany(std::vector<store::Key> keys) override;
  Task<absl::StatusOr<store::Page>> Scan(std::string table, std::string partition, std::string prefix,
                                         std::string after, std::size_t limit) override;
  Task<absl::StatusOr<store::Replay>> FindReplay(std::string partition, std::string replay_key) override;
  Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                                     std::size_t limit) override;
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override;
  Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) override;
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() override;

 private:
  const std::unique_ptr<store::Store> store_;
  const Clock& clock_;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_AUDITED_STORE_H_
