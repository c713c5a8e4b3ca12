#include "services/quota/repository/list_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/application_name.h"
#include "services/quota/domain/recommendation_list.h"

namespace jiebang::quota {
namespace {

using v1::Intention;
using v1::RecommendationList;

constexpr char kListTable[] = "recommendation_list";  // id: {track}
constexpr char kLockedTable[] = "locked_list";        // id: {track}/{revision, ten digits}
constexpr char kIntentionTable[] = "intention";       // id: {track}/{applicant}/{application}

std::string PartitionOfList(const ListName& name) { return ListRepository::PartitionOf(name.programme, name.unit); }

absl::StatusOr<std::string> IntentionId(const ListName& name, std::string_view application) {
  ASSIGN_OR_RETURN(const ApplicationName named, ApplicationName::Parse(application));
  return absl::StrCat(name.track, "/", named.applicant, "/", named.id);
}

absl::StatusOr<Versioned<RecommendationList>> ListIn(const store::Record& record) {
  Versioned<RecommendationList> list{.version = record.version};
  if (!list.value.ParseFromString(record.value)) return absl::DataLossError(absl::StrCat("list ", record.id));
  list.value.set_etag(absl::StrCat(record.version));
  return list;
}

absl::StatusOr<Versioned<Intention>> IntentionIn(const store::Record& record) {
  Versioned<Intention> intention{.version = record.version};
  if (!intention.value.ParseFromString(record.value)) {
    return absl::DataLossError(absl::StrCat("intention ", record.id));
  }
  return intention;
}

// What Save writes, as one commit.
absl::StatusOr<store::Commit> CommitOf(ListChange change) {
  RecommendationList& list = change.after;
  list.clear_etag();
  store::Commit commit{.partition = PartitionOfList(change.name)};
  commit.preconditions.push_back({kListTable, change.name.track, change.before.version});
  commit.puts.push_back({kListTable, change.name.track, list.SerializeAsString()});
  if (change.locks_revision) {
    const std::string id = absl::StrFormat("%s/%010d", change.name.track, list.revision());
    commit.preconditions.push_back({kLockedTable, id, 0});
    commit.puts.push_back({kLockedTable, id, list.SerializeAsString()});
  }
  if (change.begun) {
    ASSIGN_OR_RETURN(const std::string id, IntentionId(change.name, change.begun->application()));
    commit.preconditions.push_back({kIntentionTable, id, 0});
    commit.puts.push_back({kIntentionTable, id, change.begun->SerializeAsString()});
  }
  if (change.ended) {
    ASSIGN_OR_RETURN(const std::string id, IntentionId(change.name, change.ended->value.application()));
    commit.preconditions.push_back({kIntentionTable, id, change.ended->version});
    commit.deletes.push_back({kIntentionTable, id});
  }
  commit.events.push_back(std::move(change.event));
  commit.replay = std::move(change.replay);
  return commit;
}

}  // namespace

std::string ListRepository::PartitionOf(const std::string& programme, const std::string& unit) {
  return absl::StrCat("programmes/", programme, "/units/", unit);
}

Task<absl::StatusOr<Versioned<RecommendationList>>> ListRepository::Get(ListName name) {
  store::Key key{kListTable, PartitionOfList(name), name.track};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) {
    Versioned<RecommendationList> untouched{.value = NewList(name)};
    untouched.value.set_etag("0");
    co_return untouched;
  }
  if (!record.ok()) co_return record.status();
  co_return ListIn(*record);
}

Task<absl::StatusOr<std::vector<RecommendationList>>> ListRepository::BegunBy(std::vector<std::string> units,
                                                                              std::string programme,
                                                                              std::string track) {
  std::vector<store::Key> keys;
  for (const std::string& unit : units) keys.push_back({kListTable, PartitionOf(programme, unit), track});
  CO_ASSIGN_OR_RETURN(const auto records, co_await store_.GetMany(std::move(keys)));
  std::vector<RecommendationList> begun;
  for (const auto& record : records) {
    if (!record) continue;
    CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> list, ListIn(*record));
    begun.push_back(std::move(list.value));
  }
  co_return begun;
}

Task<absl::StatusOr<Versioned<Intention>>> ListRepository::FindIntention(ListName name, std::string application) {
  CO_ASSIGN_OR_RETURN(std::string id, IntentionId(name, application));
  store::Key key{kIntentionTable, PartitionOfList(name), std::move(id)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return Versioned<Intention>{};
  if (!record.ok()) co_return record.status();
  co_return IntentionIn(*record);
}

Task<absl::StatusOr<std::vector<Intention>>> ListRepository::OpenIntentions(std::string partition) {
  std::vector<Intention> open;
  std::string after;
  for (bool more = true; more;) {
    CO_ASSIGN_OR_RETURN(const store::Page page,
                        co_await store_.Scan(kIntentionTable, partition, "", after, store::kMaxScanRecords));
    more = page.more;
    for (const store::Record& record : page.records) {
      CO_ASSIGN_OR_RETURN(Versioned<Intention> intention, IntentionIn(record));
      open.push_back(std::move(intention.value));
      after = record.id;
    }
  }
  co_return open;
}

Task<absl::Status> ListRepository::Save(ListChange change) {
  CO_ASSIGN_OR_RETURN(store::Commit commit, CommitOf(std::move(change)));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<bool>> ListRepository::WasAnswered(ListName name, std::string replay_key) {
  if (replay_key.empty()) co_return false;
  const absl::StatusOr<store::Replay> replay = co_await store_.FindReplay(PartitionOfList(name), replay_key);
  if (replay.ok()) co_return true;
  if (absl::IsNotFound(replay.status())) co_return false;
  co_return replay.status();
}

}  // namespace jiebang::quota
