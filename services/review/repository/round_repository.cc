#include "services/review/repository/round_repository.h"

#include <iterator>
#include <utility>

#include "common/status/status_macros.h"
#include "services/review/domain/errors.h"
#include "services/review/repository/records.h"
#include "services/review/repository/tables.h"

namespace jiebang::review {
namespace {

std::string CandidatesPrefix(const RoundName& name, const v1::Round& round) {
  return ContentPrefix(name.id, round.candidates_digest());
}

absl::StatusOr<Page<v1::Candidate>> CandidatesOf(const store::Page& records) {
  Page<v1::Candidate> page;
  for (const store::Record& record : records.records) {
    ASSIGN_OR_RETURN(v1::Candidate candidate, MessageOf<v1::Candidate>(record));
    page.items.push_back(std::move(candidate));
  }
  return page;
}

}  // namespace

Task<absl::StatusOr<v1::Round>> RoundRepository::Get(RoundName name) {
  store::Key key{.table = kRoundTable, .partition = PartitionOf(name.track), .id = name.id};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return RoundNotFound(name.ToString());
  if (!record.ok()) co_return record.status();
  co_return VersionedMessageOf<v1::Round>(*record);
}

Task<absl::Status> RoundRepository::Create(const rpc::Call& call, const RoundName& name, const v1::Round& round,
                                           const std::vector<v1::Candidate>& candidates,
                                           const google::protobuf::Message& response) {
  const store::Precondition is_new{.table = kRoundTable, .id = name.id, .version = 0};
  std::vector<store::Put> puts;
  puts.reserve(candidates.size());
  for (const v1::Candidate& candidate : candidates) {
    puts.push_back({.table = kCandidateTable,
                    .id = absl::StrCat(CandidatesPrefix(name, round), LastIdOf(candidate.name())),
                    .value = candidate.SerializeAsString()});
  }
  const std::string partition = PartitionOf(name.track);
  absl::Status status = co_await WriteAhead(store_, partition, is_new, std::move(puts));
  if (status.ok()) {
    store::Commit commit{.partition = partition};
    commit.preconditions.push_back(is_new);
    commit.puts.push_back({.table = kRoundTable, .id = name.id, .value = Stored(round)});
    commit.events.push_back(call.Happened("round.created", round.name(),
                                          {{"stage", round.stage()},
                                           {"applications", absl::StrCat(candidates.size())},
                                           {"candidates_digest", round.candidates_digest()}}));
    commit.replay = call.Answered(response);
    status = co_await store_.Apply(std::move(commit));
  }
  if (absl::IsAborted(status)) co_return RoundAlreadyExists(round.name());
  co_return status;
}

Task<absl::Status> RoundRepository::Decide(const rpc::Call& call, const RoundName& name, const v1::Round& before,
                                           const v1::Round& after, const google::protobuf::Message& response,
                                           const std::map<std::string, std::string>& details) {
  store::Commit commit{.partition = PartitionOf(name.track)};
  commit.preconditions.push_back({.table = kRoundTable, .id = name.id, .version = VersionOf(before.etag())});
  commit.puts.push_back({.table = kRoundTable, .id = name.id, .value = Stored(after)});
  commit.events.push_back(call.Happened("round.decided", after.name(), details));
  commit.replay = call.Answered(response);
  const absl::Status status = co_await store_.Apply(std::move(commit));
  if (absl::IsAborted(status)) co_return ConcurrentChange(after.name());
  co_return status;
}

Task<absl::StatusOr<Page<v1::Candidate>>> RoundRepository::ListCandidates(const RoundName& name, const v1::Round& round,
                                                                          std::string after, std::size_t limit) {
  const std::string prefix = CandidatesPrefix(name, round);
  const std::string from = after.empty() ? "" : absl::StrCat(prefix, after);
  CO_ASSIGN_OR_RETURN(const store::Page records,
                      co_await store_.Scan(kCandidateTable, PartitionOf(name.track), prefix, from, limit));
  CO_ASSIGN_OR_RETURN(Page<v1::Candidate> page, CandidatesOf(records));
  if (records.more) page.next = LastIdOf(records.records.back().id);
  co_return page;
}

Task<absl::StatusOr<std::vector<v1::Candidate>>> RoundRepository::AllCandidates(const RoundName& name,
                                                                                const v1::Round& round) {
  std::vector<v1::Candidate> candidates;
  std::string after;
  do {
    CO_ASSIGN_OR_RETURN(Page<v1::Candidate> page, co_await ListCandidates(name, round, after, store::kMaxScanRecords));
    candidates.insert(candidates.end(), std::make_move_iterator(page.items.begin()),
                      std::make_move_iterator(page.items.end()));
    after = std::move(page.next);
  } while (!after.empty());
  co_return candidates;
}

Task<absl::StatusOr<v1::Candidate>> RoundRepository::GetCandidate(const RoundName& name, const v1::Round& round,
                                                                  std::string candidate_id) {
  store::Key key{.table = kCandidateTable,
                 .partition = PartitionOf(name.track),
                 .id = absl::StrCat(CandidatesPrefix(name, round), candidate_id)};
  CO_ASSIGN_OR_RETURN(const store::Record record, co_await store_.Get(std::move(key)));
  co_return MessageOf<v1::Candidate>(record);
}

Task<absl::StatusOr<Page<v1::Candidate>>> RoundRepository::ListRanked(const RoundName& name, const v1::Round& round,
                                                                      int after, std::size_t limit) {
  const std::string from = RankedId(name.id, round.ranking_digest(), after);  // no candidate has the rank 0
  CO_ASSIGN_OR_RETURN(const store::Page records,
                      co_await store_.Scan(kRankedTable, PartitionOf(name.track),
                                           ContentPrefix(name.id, round.ranking_digest()), from, limit));
  CO_ASSIGN_OR_RETURN(Page<v1::Candidate> page, CandidatesOf(records));
  if (records.more) page.next = absl::StrCat(page.items.back().rank());
  co_return page;
}

Task<absl::StatusOr<std::optional<v1::Candidate>>> RoundRepository::RankedAt(const RoundName& name,
                                                                             const v1::Round& round, int rank) {
  store::Key key{.table = kRankedTable,
                 .partition = PartitionOf(name.track),
                 .id = RankedId(name.id, round.ranking_digest(), rank)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return std::nullopt;
  if (!record.ok()) co_return record.status();
  CO_ASSIGN_OR_RETURN(v1::Candidate candidate, MessageOf<v1::Candidate>(*record));
  co_return std::optional<v1::Candidate>(std::move(candidate));
}

}  // namespace jiebang::review
