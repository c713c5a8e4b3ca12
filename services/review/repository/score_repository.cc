#include "services/review/repository/score_repository.h"

#include <optional>
#include <string>
#include <utility>

#include "common/status/status_macros.h"
#include "services/review/domain/errors.h"
#include "services/review/repository/records.h"
#include "services/review/repository/round_repository.h"
#include "services/review/repository/tables.h"

namespace jiebang::review {
namespace {

// How long a ranking may take. 150,000 scores are ranked in seconds.
constexpr absl::Duration kClosedFor = absl::Minutes(5);

// The count is kept in slices, so that experts who score at the same time seldom change the same record; few enough to
// be read at once.
constexpr std::uint32_t kSlices = 64;

// FNV-1a: stays the same for ever, as what is stored depends on it.
std::uint32_t SliceOf(const AssignmentName& name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : absl::StrCat(name.reviewer.expert, "/", name.candidate))
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash % kSlices;
}

std::string TallyId(const RoundName& name, std::uint32_t slice) { return absl::StrCat(name.id, "/", slice); }

store::Key TallyKey(const RoundName& name, std::uint32_t slice) {
  return {.table = kTallyTable, .partition = RoundRepository::PartitionOf(name.track), .id = TallyId(name, slice)};
}

absl::StatusOr<std::int64_t> NumberIn(const store::Record& record) {
  std::int64_t number = 0;
  if (!absl::SimpleAtoi(record.value, &number)) {
    return absl::DataLossError(absl::StrCat("the record ", record.id, " holds no number"));
  }
  return number;
}

store::Precondition Unchanged(const RoundName& name, const v1::Round& round) {
  return {.table = kRoundTable, .id = name.id, .version = VersionOf(round.etag())};
}

store::Precondition Unchanged(const RoundName& name, const Closing& closing) {
  return {.table = kClosingTable, .id = name.id, .version = closing.version};
}

}  // namespace

Task<absl::StatusOr<Closing>> ScoreRepository::GetClosing(const RoundName& name) {
  store::Key key{.table = kClosingTable, .partition = RoundRepository::PartitionOf(name.track), .id = name.id};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return Closing();
  if (!record.ok()) co_return record.status();
  CO_ASSIGN_OR_RETURN(const std::int64_t until, NumberIn(*record));
  co_return Closing{.version = record->version, .until = absl::FromUnixMicros(until)};
}

Task<absl::StatusOr<Closing>> ScoreRepository::Close(const RoundName& name, const v1::Round& round,
                                                     const Closing& before, absl::Time now) {
  const Closing closing{.version = before.version + 1, .until = now + kClosedFor};
  store::Commit commit{.partition = RoundRepository::PartitionOf(name.track)};
  commit.preconditions = {Unchanged(name, round), Unchanged(name, before)};
  commit.puts.push_back(
      {.table = kClosingTable, .id = name.id, .value = absl::StrCat(absl::ToUnixMicros(closing.until))});
  CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(commit)));
  co_return closing;
}

Task<absl::Status> ScoreRepository::Submit(const rpc::Call& call, const AssignmentName& name, const v1::Round& round,
                                           const Closing& closing, const v1::Assignment& before,
                                           const v1::Assignment& after, const google::protobuf::Message& response) {
  const RoundName& round_name = name.reviewer.round;
  const std::string id = AssignmentId(round_name.id, round.plan_digest(), name.reviewer.expert, name.candidate);
  store::Commit commit{.partition = RoundRepository::PartitionOf(round_name.track)};
  commit.preconditions = {Unchanged(round_name, round), Unchanged(round_name, closing)};
  commit.preconditions.push_back({.table = kAssignmentTable, .id = id, .version = VersionOf(before.etag())});
  commit.puts.push_back({.table = kAssignmentTable, .id = id, .value = Stored(after)});
  // A closing that ran out is taken away by whoever scores next, so that a ranking that slept on does not flip the
  // round.
  if (closing.until > absl::UnixEpoch())
    commit.puts.push_back({.table = kClosingTable, .id = round_name.id, .value = "0"});
  if (!before.has_score()) {
    const std::uint32_t slice = SliceOf(name);
    store::Key key = TallyKey(round_name, slice);
    const absl::StatusOr<store::Record> tally = co_await store_.Get(std::move(key));
    if (!tally.ok() && !absl::IsNotFound(tally.status())) co_return tally.status();
    std::int64_t count = 0;
    if (tally.ok()) {
      CO_ASSIGN_OR_RETURN(count, NumberIn(*tally));
    }
    commit.preconditions.push_back(
        {.table = kTallyTable, .id = TallyId(round_name, slice), .version = tally.ok() ? tally->version : 0});
    commit.puts.push_back({.table = kTallyTable, .id = TallyId(round_name, slice), .value = absl::StrCat(count + 1)});
  }
  commit.events.push_back(call.Happened(before.has_score() ? "score.replaced" : "score.submitted", after.name()));
  commit.replay = call.Answered(response);
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<int>> ScoreRepository::Count(const RoundName& name) {
  std::vector<store::Key> keys;
  for (std::uint32_t slice = 0; slice < kSlices; ++slice) keys.push_back(TallyKey(name, slice));
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> tallies, co_await store_.GetMany(keys));
  std::int64_t total = 0;
  for (const std::optional<store::Record>& tally : tallies) {
    if (!tally) continue;
    CO_ASSIGN_OR_RETURN(const std::int64_t count, NumberIn(*tally));
    total += count;
  }
  co_return static_cast<int>(total);
}

Task<absl::Status> ScoreRepository::SaveRanking(const rpc::Call& call, const RoundName& name, const v1::Round& before,
                                                const v1::Round& after, const Closing& closing,
                                                const std::vector<v1::Candidate>& ranking,
                                                const google::protobuf::Message& response) {
  const std::string partition = RoundRepository::PartitionOf(name.track);
  std::vector<store::Put> puts;
  puts.reserve(ranking.size());
  for (const v1::Candidate& candidate : ranking) {
    puts.push_back({.table = kRankedTable,
                    .id = RankedId(name.id, after.ranking_digest(), candidate.rank()),
                    .value = candidate.SerializeAsString()});
  }
  absl::Status status = co_await WriteAhead(store_, partition, Unchanged(name, before), std::move(puts));
  if (status.ok()) {
    store::Commit commit{.partition = partition};
    commit.preconditions = {Unchanged(name, before), Unchanged(name, closing)};
    commit.puts.push_back({.table = kRoundTable, .id = name.id, .value = Stored(after)});
    commit.events.push_back(call.Happened("round.ranked", after.name(), {{"ranking_digest", after.ranking_digest()}}));
    commit.replay = call.Answered(response);
    status = co_await store_.Apply(std::move(commit));
  }
  if (absl::IsAborted(status)) co_return ConcurrentChange(after.name());
  co_return status;
}

}  // namespace jiebang::review
