// Where lists are kept: each with its entries in a partition of its own, `lists/{list}`, and all by name in the
// partition `lists`.
#ifndef JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_LIST_REPOSITORY_H_
#define JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_LIST_REPOSITORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/publiclist/v1/public_list.pb.h"
#include "services/publiclist/domain/entries.h"
#include "services/publiclist/domain/import.h"
#include "services/publiclist/domain/names.h"

namespace jiebang::publiclist {

// At most so many entries go into one commit: each is two operations of the store's 1,000.
inline constexpr int kEntriesInACommit = 400;

// A list as it is kept; its etag is set.
struct KeptList {
  v1::PublicList list;
  std::uint64_t version = 0;
};

// `position` is set when there may be more: where to go on.
struct ListPage {
  std::vector<v1::PublicList> lists;
  std::string position;
};
struct EntryPage {
  std::vector<v1::ListEntry> entries;
  std::string position;
};

// The right to write the entries of a list that does not exist yet; taking it again ends it.
struct Building {
  ListName name;
  std::uint64_t fence = 0;
};

// What a commit leaves behind beside the change itself.
struct Trace {
  store::Event event;
  std::optional<store::Replay> replay;
};

class ListRepository {
 public:
  explicit ListRepository(store::Store& store) : store_(store) {}

  // The partition of everything of a list.
  static std::string PartitionOf(const ListName& name);

  // The etag that the list will have after the next save.
  static std::string NextEtag(std::uint64_t version);

  // NOT_FOUND LIST_NOT_FOUND.
  Task<absl::StatusOr<KeptList>> Get(ListName name) const;

  // At most `limit` lists after `position`, ascending by name; fewer where names were taken by lists that never came to
  // be, or drafts are left out.
  Task<absl::StatusOr<ListPage>> Page(std::string position, int limit, bool with_drafts) const;

  // The entries in their order, or of one unit alone.
  Task<absl::StatusOr<EntryPage>> Entries(ListName name, std::string unit, std::string position, int limit) const;

  // Those of the entries with these numbers that are there; at most kEntriesInACommit.
  Task<absl::StatusOr<EntriesByNumber>> EntriesAmong(ListName name, std::vector<int> numbers) const;

  // The digest of all entries.
  Task<absl::StatusOr<EntriesDigest>> Digest(ListName name) const;

  // Begins a list that is not there: nobody sees its entries before Create. What an earlier attempt left is cleared,
  // and an attempt that still goes on cannot write any more. ABORTED: the list is there, or somebody else began at the
  // same time.
  Task<absl::StatusOr<Building>> Begin(ListName name) const;

  // At most kEntriesInACommit more entries of a list that was begun. ABORTED: somebody else has begun it since.
  Task<absl::Status> Add(Building building, std::vector<v1::ListEntry> entries) const;

  // Makes the list real, with at most kEntriesInACommit more entries. ABORTED as Add.
  Task<absl::Status> Create(Building building, v1::PublicList list, std::vector<v1::ListEntry> entries,
                            Trace trace) const;

  // Keeps `list` in the place of that with `version`, with at most kEntriesInACommit more entries. ABORTED when there
  // is another version: entries are only ever added together with a change of the list's own record.
  Task<absl::Status> Save(ListName name, v1::PublicList list, std::uint64_t version, std::vector<v1::ListEntry> entries,
                          Trace trace) const;

 private:
  Task<absl::Status> Enlist(ListName name) const;
  Task<absl::Status> ClearLeftovers(Building building) const;

  store::Store& store_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_LIST_REPOSITORY_H_
