#include "services/review/repository/assignment_repository.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/review/domain/errors.h"
#include "services/review/repository/records.h"
#include "services/review/repository/round_repository.h"
#include "services/review/repository/tables.h"

namespace jiebang::review {

Task<absl::Status> AssignmentRepository::CommitPlan(const rpc::Call& call, const RoundName& name,
                                                    const v1::Round& before, const v1::Round& after,
                                                    const std::vector<v1::Assignment>& assignments,
                                                    const google::protobuf::Message& response) {
  const store::Precondition unchanged{.table = kRoundTable, .id = name.id, .version = VersionOf(before.etag())};
  std::vector<store::Put> puts;
  puts.reserve(assignments.size());
  for (const v1::Assignment& assignment : assignments) {
    CO_ASSIGN_OR_RETURN(const AssignmentName assigned, AssignmentName::Parse(assignment.name()));
    puts.push_back({.table = kAssignmentTable,
                    .id = AssignmentId(name.id, after.plan_digest(), assigned.reviewer.expert, assigned.candidate),
                    .value = Stored(assignment)});
  }
  const std::string partition = RoundRepository::PartitionOf(name.track);
  absl::Status status = co_await WriteAhead(store_, partition, unchanged, std::move(puts));
  if (status.ok()) {
    store::Commit commit{.partition = partition};
    commit.preconditions.push_back(unchanged);
    commit.puts.push_back({.table = kRoundTable, .id = name.id, .value = Stored(after)});
    commit.events.push_back(
        call.Happened("round.assigned", after.name(),
                      {{"assignments", absl::StrCat(assignments.size())}, {"plan_digest", after.plan_digest()}}));
    commit.replay = call.Answered(response);
    status = co_await store_.Apply(std::move(commit));
  }
  if (absl::IsAborted(status)) co_return ConcurrentChange(after.name());
  co_return status;
}

Task<absl::StatusOr<v1::Assignment>> AssignmentRepository::Get(const AssignmentName& name, const v1::Round& round) {
  const RoundName& round_name = name.reviewer.round;
  store::Key key{.table = kAssignmentTable,
                 .partition = RoundRepository::PartitionOf(round_name.track),
                 .id = AssignmentId(round_name.id, round.plan_digest(), name.reviewer.expert, name.candidate)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return AssignmentNotFound(name.ToString());
  if (!record.ok()) co_return record.status();
  co_return VersionedMessageOf<v1::Assignment>(*record);
}

Task<absl::StatusOr<Page<v1::Assignment>>> AssignmentRepository::List(const ReviewerName& reviewer,
                                                                      const v1::Round& round, std::string after,
                                                                      std::size_t limit) {
  Page<v1::Assignment> page;
  if (round.plan_digest().empty()) co_return page;
  const RoundName& name = reviewer.round;
  const std::string prefix = reviewer.IsEverybody() ? ContentPrefix(name.id, round.plan_digest())
                                                    : AssignmentId(name.id, round.plan_digest(), reviewer.expert, "");
  CO_ASSIGN_OR_RETURN(const store::Page records,
                      co_await store_.Scan(kAssignmentTable, RoundRepository::PartitionOf(name.track), prefix,
                                           std::move(after), limit));
  for (const store::Record& record : records.records) {
    CO_ASSIGN_OR_RETURN(v1::Assignment assignment, VersionedMessageOf<v1::Assignment>(record));
    page.items.push_back(std::move(assignment));
  }
  if (records.more) page.next = records.records.back().id;
  co_return page;
}

Task<absl::Status> AssignmentRepository::VisitAll(const RoundName& name, const v1::Round& round,
                                                  const std::function<void(v1::Assignment)>& visit) {
  const ReviewerName everybody{.round = name, .expert = "-"};
  std::string after;
  do {
    CO_ASSIGN_OR_RETURN(Page<v1::Assignment> page, co_await List(everybody, round, after, store::kMaxScanRecords));
    for (v1::Assignment& assignment : page.items) visit(std::move(assignment));
    after = std::move(page.next);
  } while (!after.empty());
  co_return absl::OkStatus();
}

}  // namespace jiebang::review
