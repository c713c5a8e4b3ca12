// A store whose journal names every record that a commit changes, with the digest of its value: what ties the records
// that are there to the sealed journal.
#ifndef JIEBANG_COMMON_JOURNAL_AUDITED_STORE_H_
#define JIEBANG_COMMON_JOURNAL_AUDITED_STORE_H_

#include <memory>
#include <utility>

#include "common/clock/clock.h"
#include "common/store/forwarding_store.h"

namespace jiebang::journal {

// The type of an event that says which records changed and nothing else: of a commit that came without an event, or of
// changes that found no room in the event before it. Its resource is the partition. For auditors alone.
inline constexpr char kRecordChanged[] = "record.changed";

// Passes everything on. To a commit that changes records of the trail (trail.h) it adds what it changes (field
// `changes` of jiebang.journal.v1.Event): to its first event, as far as that has room, and then in as many events of
// its own as it takes, at most 4, which count among the operations of the commit.
class AuditedStore : public store::ForwardingStore {
 public:
  // `clock` outlives it.
  AuditedStore(std::unique_ptr<store::Store> store, const Clock& clock)
      : ForwardingStore(*store), store_(std::move(store)), clock_(clock) {}

  Task<absl::Status> Apply(store::Commit commit) override;

 private:
  const std::unique_ptr<store::Store> store_;
  const Clock& clock_;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_AUDITED_STORE_H_
