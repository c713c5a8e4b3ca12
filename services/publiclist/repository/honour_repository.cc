#include "services/publiclist/repository/honour_repository.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "jiebang/publiclist/v1/public_list.pb.h"
#include "services/publiclist/repository/tables.h"

namespace jiebang::publiclist {
namespace {

constexpr std::int64_t kLastSecond = 9'999'999'999;  // ten digits are enough until the year 2286

// The latest announcement first.
store::Key HonourKey(const v1::Honour& honour) {
  const std::string uscc(IdIn(honour.name(), "applicants").value_or(""));
  const std::string id(IdIn(honour.name(), "honours").value_or(""));
  return {.table = tables::kHonour,
          .partition = ApplicantName{.uscc = uscc}.ToString(),
          .id = absl::StrCat(absl::StrFormat("%010d", kLastSecond - honour.announce_time().seconds()), "/", id)};
}

bool IsAnnounced(const std::optional<store::Record>& record) {
  v1::PublicList list;
  return record && list.ParseFromString(record->value) && list.state() == v1::PublicList::STATE_ANNOUNCED;
}

}  // namespace

Task<absl::StatusOr<HonourPage>> HonourRepository::Page(ApplicantName holder, std::string position, int limit) const {
  const std::string partition = holder.ToString();
  CO_ASSIGN_OR_RETURN(const store::Page found, co_await store_.Scan(tables::kHonour, partition, "", position, limit));
  HonourPage page;
  for (const store::Record& record : found.records) {
    if (!page.honours.emplace_back().ParseFromString(record.value)) {
      co_return absl::DataLossError("an honour cannot be read");
    }
  }
  if (found.more) page.position = found.records.back().id;
  co_return page;
}

Task<absl::Status> HonourRepository::Keep(std::vector<v1::Honour> honours) const {
  if (honours.empty()) co_return absl::OkStatus();
  std::vector<store::Key> keys;
  for (const v1::Honour& honour : honours) keys.push_back(HonourKey(honour));
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> present, co_await store_.GetMany(keys));
  for (std::size_t i = 0; i < honours.size(); ++i) {
    if (present[i]) continue;
    store::Commit commit{.partition = keys[i].partition};
    commit.preconditions.push_back({.table = keys[i].table, .id = keys[i].id, .version = 0});
    commit.puts.push_back({.table = keys[i].table, .id = keys[i].id, .value = honours[i].SerializeAsString()});
    const absl::Status kept = co_await store_.Apply(std::move(commit));
    // Aborted: another replica's projection was faster.
    if (!kept.ok() && !absl::IsAborted(kept)) co_return kept;
  }
  co_return absl::OkStatus();
}

Task<absl::Status> HonourRepository::SetAnnouncing(ListName list) const {
  store::Commit commit{.partition = tables::kAllLists};
  commit.puts.push_back({.table = tables::kAnnouncing, .id = list.id});
  co_return co_await store_.Apply(std::move(commit));
}

// First that the list is done, then off the table: an announcement that was refused late may put it there once more,
// and it must not count then.
Task<absl::Status> HonourRepository::SetProjected(ListName list) const {
  store::Commit done{.partition = list.ToString()};
  done.puts.push_back({.table = tables::kProjected, .id = list.id});
  CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(done)));
  store::Commit off{.partition = tables::kAllLists};
  off.deletes.push_back({.table = tables::kAnnouncing, .id = list.id});
  co_return co_await store_.Apply(std::move(off));
}

Task<absl::StatusOr<std::int64_t>> HonourRepository::AnnouncementsBehind() const {
  constexpr int kListsAtOnce = 400;  // two keys each
  std::int64_t behind = 0;
  std::string position;
  while (true) {
    CO_ASSIGN_OR_RETURN(const store::Page page,
                        co_await store_.Scan(tables::kAnnouncing, tables::kAllLists, "", position, kListsAtOnce));
    if (page.records.empty()) co_return behind;
    std::vector<store::Key> keys;
    for (const store::Record& record : page.records) {
      const std::string partition = ListName{.id = record.id}.ToString();
      keys.push_back({.table = tables::kList, .partition = partition, .id = record.id});
      keys.push_back({.table = tables::kProjected, .partition = partition, .id = record.id});
    }
    CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                        co_await store_.GetMany(std::move(keys)));
    for (std::size_t i = 0; i < records.size(); i += 2) behind += IsAnnounced(records[i]) && !records[i + 1] ? 1 : 0;
    if (!page.more) co_return behind;
    position = page.records.back().id;
  }
}

}  // namespace jiebang::publiclist
