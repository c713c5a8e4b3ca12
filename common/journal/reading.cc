#include "common/journal/reading.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {
absl::Status TokenExpired(int shard, std::uint64_t sequence) {
  return Refusal{.code = absl::StatusCode::kOutOfRange,
                 .reason = "RESUME_TOKEN_EXPIRED",
                 .en =
                     "What follows this resume token was compacted away. Read the present state, then begin with an "
                     "empty token.",
                 .zh = "该续传标记之后的事件已被归并清除；请先读取当前状态，再以空标记重新开始",
                 .metadata = {{"shard", absl::StrCat(shard)}, {"sequence", absl::StrCat(sequence)}}}
      .ToStatus();
}

namespace {

absl::Status Diverged(int shard, std::uint64_t sequence) {
  return Refusal{.code = absl::StatusCode::kDataLoss,
                 .reason = "RESUME_TOKEN_DIVERGED",
                 .en =
                     "The journal does not hold the event any more that this resume token stands behind: a failover "
                     "has lost it, or the token is of another journal. Read the present state, then begin with an "
                     "empty token.",
                 .zh =
                     "事件日志中已没有该续传标记所指的事件：可能在故障切换中丢失，或标记属于另一日志；请先读取当前状态"
                     "，再以空标记重新开始",
                 .metadata = {{"shard", absl::StrCat(shard)}, {"sequence", absl::StrCat(sequence)}}}
      .ToStatus();
}

}  // namespace

Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadOn(store::Store& store, int shard, Place place,
                                                              std::uint64_t head, std::size_t limit) {
  if (head < place.sequence) co_return Diverged(shard, place.sequence);
  std::vector<store::JournalEntry> entries;
  if (head == place.sequence) co_return entries;
  const bool looks_back = place.sequence > 0 && place.mark != 0;
  const std::uint64_t after = looks_back ? place.sequence - 1 : place.sequence;
  absl::StatusOr<std::vector<store::JournalEntry>> read =
      co_await store.ReadJournal(shard, after, limit + (looks_back ? 1 : 0));
  if (absl::IsOutOfRange(read.status())) {
    // The entry itself may be away as long as the next one is there.
    if (looks_back) read = co_await store.ReadJournal(shard, place.sequence, limit);
    if (absl::IsOutOfRange(read.status())) co_return TokenExpired(shard, place.sequence);
    co_return read;
  }
  CO_RETURN_IF_ERROR(read.status());
  entries = *std::move(read);
  if (!looks_back) co_return entries;
  if (entries.empty() || Place::After(shard, entries.front()) != place) co_return Diverged(shard, place.sequence);
  entries.erase(entries.begin());
  co_return entries;
}

Task<absl::StatusOr<Position>> BeginningOf(store::Store& store) {
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> compacted, co_await store.JournalCompacted());
  Position position;
  for (int shard = 0; shard < store::kShards; ++shard) position.places[shard].sequence = compacted[shard];
  co_return position;
}

Task<absl::StatusOr<Position>> EndOf(store::Store& store) {
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store.JournalHeads());
  Position position;
  for (int shard = 0; shard < store::kShards; ++shard) position.places[shard].sequence = heads[shard];
  co_return position;
}

}  // namespace jiebang::journal
