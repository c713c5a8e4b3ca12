#include "services/publiclist/repository/list_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/publiclist/domain/errors.h"
#include "services/publiclist/repository/tables.h"

namespace jiebang::publiclist {
namespace {

// Keys are made here and not within a co_await, where g++ 12 destroys a braced temporary twice.
store::Key ListKey(const ListName& name) {
  return {.table = tables::kList, .partition = ListRepository::PartitionOf(name), .id = name.id};
}
store::Key BuildingKey(const ListName& name) {
  return {.table = tables::kBuilding, .partition = ListRepository::PartitionOf(name), .id = name.id};
}
store::Key IndexKey(const ListName& name) {
  return {.table = tables::kListIndex, .partition = tables::kAllLists, .id = name.id};
}
store::Key EntryKey(const ListName& name, const std::string& id) {
  return {.table = tables::kEntry, .partition = ListRepository::PartitionOf(name), .id = id};
}

std::string UnitPrefix(const std::string& unit) { return absl::StrCat(unit, "/"); }

std::string ByUnitId(const v1::ListEntry& entry) {
  return absl::StrCat(UnitPrefix(entry.unit()), EntryId(entry.number()));
}

absl::StatusOr<KeptList> ListFrom(const store::Record& record) {
  KeptList kept{.version = record.version};
  if (!kept.list.ParseFromString(record.value)) return absl::DataLossError("a list cannot be read");
  kept.list.set_etag(absl::StrCat(record.version));
  return kept;
}

absl::StatusOr<v1::ListEntry> EntryFrom(const store::Record& record) {
  v1::ListEntry entry;
  if (!entry.ParseFromString(record.value)) return absl::DataLossError("an entry of a list cannot be read");
  return entry;
}

void PutEntries(const std::vector<v1::ListEntry>& entries, store::Commit& commit) {
  for (const v1::ListEntry& entry : entries) {
    commit.puts.push_back({.table = tables::kEntry, .id = EntryId(entry.number()), .value = entry.SerializeAsString()});
    if (!entry.unit().empty()) commit.puts.push_back({.table = tables::kEntryByUnit, .id = ByUnitId(entry)});
  }
}

// A commit of whoever holds `building`, as long as the list is not there.
store::Commit CommitOf(const Building& building) {
  store::Commit commit{.partition = ListRepository::PartitionOf(building.name)};
  commit.preconditions.push_back({.table = tables::kList, .id = building.name.id, .version = 0});
  commit.preconditions.push_back({.table = tables::kBuilding, .id = building.name.id, .version = building.fence});
  return commit;
}

void PutList(const ListName& name, v1::PublicList list, store::Commit& commit) {
  list.clear_etag();
  commit.puts.push_back({.table = tables::kList, .id = name.id, .value = list.SerializeAsString()});
}

void Leave(Trace trace, store::Commit& commit) {
  commit.events.push_back(std::move(trace.event));
  commit.replay = std::move(trace.replay);
}

}  // namespace

std::string ListRepository::PartitionOf(const ListName& name) { return name.ToString(); }

std::string ListRepository::NextEtag(std::uint64_t version) { return absl::StrCat(version + 1); }

Task<absl::StatusOr<KeptList>> ListRepository::Get(ListName name) const {
  const absl::StatusOr<store::Record> record = co_await store_.Get(ListKey(name));
  if (absl::IsNotFound(record.status())) co_return errors::ListNotFound(name.ToString());
  if (!record.ok()) co_return record.status();
  co_return ListFrom(*record);
}

Task<absl::StatusOr<ListPage>> ListRepository::Page(std::string position, int limit, bool with_drafts) const {
  CO_ASSIGN_OR_RETURN(const store::Page index,
                      co_await store_.Scan(tables::kListIndex, tables::kAllLists, "", position, limit));
  ListPage page;
  if (index.records.empty()) co_return page;
  std::vector<store::Key> keys;
  for (const store::Record& record : index.records) keys.push_back(ListKey(ListName{.id = record.id}));
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                      co_await store_.GetMany(std::move(keys)));
  for (const std::optional<store::Record>& record : records) {
    if (!record) continue;  // begun and never made
    CO_ASSIGN_OR_RETURN(KeptList kept, ListFrom(*record));
    if (with_drafts || kept.list.state() != v1::PublicList::STATE_DRAFT) page.lists.push_back(std::move(kept.list));
  }
  if (index.more) page.position = index.records.back().id;
  co_return page;
}

Task<absl::StatusOr<EntryPage>> ListRepository::Entries(ListName name, std::string unit, std::string position,
                                                        int limit) const {
  const std::string partition = PartitionOf(name);
  EntryPage page;
  if (unit.empty()) {
    CO_ASSIGN_OR_RETURN(const store::Page found, co_await store_.Scan(tables::kEntry, partition, "", position, limit));
    for (const store::Record& record : found.records) {
      CO_ASSIGN_OR_RETURN(v1::ListEntry entry, EntryFrom(record));
      page.entries.push_back(std::move(entry));
    }
    if (found.more) page.position = found.records.back().id;
    co_return page;
  }

  const std::string prefix = UnitPrefix(unit);
  CO_ASSIGN_OR_RETURN(const store::Page index,
                      co_await store_.Scan(tables::kEntryByUnit, partition, prefix, position, limit));
  if (index.records.empty()) co_return page;
  std::vector<store::Key> keys;
  for (const store::Record& record : index.records) keys.push_back(EntryKey(name, record.id.substr(prefix.size())));
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                      co_await store_.GetMany(std::move(keys)));
  for (const std::optional<store::Record>& record : records) {
    if (!record) co_return absl::DataLossError("an index names an entry that is not there");
    CO_ASSIGN_OR_RETURN(v1::ListEntry entry, EntryFrom(*record));
    page.entries.push_back(std::move(entry));
  }
  if (index.more) page.position = index.records.back().id;
  co_return page;
}

Task<absl::StatusOr<EntriesByNumber>> ListRepository::EntriesAmong(ListName name, std::vector<int> numbers) const {
  EntriesByNumber entries;
  if (numbers.empty()) co_return entries;
  std::vector<store::Key> keys;
  for (const int number : numbers) keys.push_back(EntryKey(name, EntryId(number)));
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                      co_await store_.GetMany(std::move(keys)));
  for (const std::optional<store::Record>& record : records) {
    if (!record) continue;
    CO_ASSIGN_OR_RETURN(v1::ListEntry entry, EntryFrom(*record));
    const int number = entry.number();
    entries[number] = std::move(entry);
  }
  co_return entries;
}

Task<absl::StatusOr<EntriesDigest>> ListRepository::Digest(ListName name) const {
  EntriesDigest digest;
  std::string position;
  do {
    CO_ASSIGN_OR_RETURN(EntryPage page, co_await Entries(name, "", position, store::kMaxScanRecords));
    for (const v1::ListEntry& entry : page.entries) digest.Add(entry);
    position = std::move(page.position);
  } while (!position.empty());
  co_return digest;
}

// The name goes into the index before the list is there: a list is then never without its place in the index.
Task<absl::Status> ListRepository::Enlist(ListName name) const {
  const absl::StatusOr<store::Record> present = co_await store_.Get(IndexKey(name));
  if (present.ok()) co_return absl::OkStatus();
  if (!absl::IsNotFound(present.status())) co_return present.status();
  store::Commit commit{.partition = tables::kAllLists};
  commit.puts.push_back({.table = tables::kListIndex, .id = name.id});
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<Building>> ListRepository::Begin(ListName name) const {
  CO_RETURN_IF_ERROR(co_await Enlist(name));
  Building building{.name = name};
  const absl::StatusOr<store::Record> fence = co_await store_.Get(BuildingKey(name));
  if (fence.ok()) {
    building.fence = fence->version;
  } else if (!absl::IsNotFound(fence.status())) {
    co_return fence.status();
  }
  store::Commit commit = CommitOf(building);
  commit.puts.push_back({.table = tables::kBuilding, .id = name.id});
  CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(commit)));
  ++building.fence;
  CO_RETURN_IF_ERROR(co_await ClearLeftovers(building));
  co_return building;
}

Task<absl::Status> ListRepository::ClearLeftovers(Building building) const {
  while (true) {
    CO_ASSIGN_OR_RETURN(const EntryPage left, co_await Entries(building.name, "", "", kEntriesInACommit));
    if (left.entries.empty()) co_return absl::OkStatus();
    store::Commit commit = CommitOf(building);
    for (const v1::ListEntry& entry : left.entries) {
      commit.deletes.push_back({.table = tables::kEntry, .id = EntryId(entry.number())});
      if (!entry.unit().empty()) commit.deletes.push_back({.table = tables::kEntryByUnit, .id = ByUnitId(entry)});
    }
    CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(commit)));
  }
}

Task<absl::Status> ListRepository::Add(Building building, std::vector<v1::ListEntry> entries) const {
  store::Commit commit = CommitOf(building);
  PutEntries(entries, commit);
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::Status> ListRepository::Create(Building building, v1::PublicList list, std::vector<v1::ListEntry> entries,
                                          Trace trace) const {
  store::Commit commit = CommitOf(building);
  PutList(building.name, std::move(list), commit);
  PutEntries(entries, commit);
  Leave(std::move(trace), commit);
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::Status> ListRepository::Save(ListName name, v1::PublicList list, std::uint64_t version,
                                        std::vector<v1::ListEntry> entries, Trace trace) const {
  store::Commit commit{.partition = PartitionOf(name)};
  commit.preconditions.push_back({.table = tables::kList, .id = name.id, .version = version});
  PutList(name, std::move(list), commit);
  PutEntries(entries, commit);
  Leave(std::move(trace), commit);
  co_return co_await store_.Apply(std::move(commit));
}

}  // namespace jiebang::publiclist
