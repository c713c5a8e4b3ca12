#include "services/review/repository/expert_repository.h"

#include <iterator>
#include <map>
#include <utility>

#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/round_name.h"
#include "services/review/repository/records.h"

namespace jiebang::review {
namespace {

constexpr char kTable[] = "expert";

}  // namespace

Task<absl::StatusOr<v1::Expert>> ExpertRepository::Get(ExpertName name) {
  store::Key key{.table = kTable, .partition = kPartition, .id = name.id()};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return ExpertNotFound(name.ToString());
  if (!record.ok()) co_return record.status();
  co_return VersionedMessageOf<v1::Expert>(*record);
}

Task<absl::Status> ExpertRepository::Create(const rpc::Call& call, const Registration& registration,
                                            const google::protobuf::Message& response) {
  const v1::Expert& expert = registration.expert;
  const std::string id = LastIdOf(expert.name());
  std::map<std::string, std::string> details;
  if (!registration.usccs_by_exception.empty()) {
    details["usccs_by_exception"] = absl::StrJoin(registration.usccs_by_exception, ",");
  }
  store::Commit commit{.partition = kPartition};
  commit.preconditions.push_back({.table = kTable, .id = id, .version = 0});
  commit.puts.push_back({.table = kTable, .id = id, .value = Stored(expert)});
  commit.events.push_back(call.Happened("expert.created", expert.name(), details));
  commit.replay = call.Answered(response);
  const absl::Status status = co_await store_.Apply(std::move(commit));
  if (absl::IsAborted(status)) co_return ExpertAlreadyExists(expert.name());
  co_return status;
}

Task<absl::StatusOr<Page<v1::Expert>>> ExpertRepository::List(std::string after, std::size_t limit) {
  CO_ASSIGN_OR_RETURN(const store::Page records, co_await store_.Scan(kTable, kPartition, "", std::move(after), limit));
  Page<v1::Expert> page;
  for (const store::Record& record : records.records) {
    CO_ASSIGN_OR_RETURN(v1::Expert expert, VersionedMessageOf<v1::Expert>(record));
    page.items.push_back(std::move(expert));
  }
  if (records.more) page.next = records.records.back().id;
  co_return page;
}

Task<absl::StatusOr<std::vector<v1::Expert>>> ExpertRepository::All() {
  std::vector<v1::Expert> experts;
  std::string after;
  do {
    CO_ASSIGN_OR_RETURN(Page<v1::Expert> page, co_await List(after, store::kMaxScanRecords));
    experts.insert(experts.end(), std::make_move_iterator(page.items.begin()),
                   std::make_move_iterator(page.items.end()));
    after = std::move(page.next);
  } while (!after.empty());
  co_return experts;
}

}  // namespace jiebang::review
