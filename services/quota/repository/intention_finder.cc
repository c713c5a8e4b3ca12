#include "services/quota/repository/intention_finder.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/quota/domain/unit_name.h"
#include "services/quota/repository/list_repository.h"

namespace jiebang::quota {

Task<absl::StatusOr<std::set<std::string>>> IntentionFinder::Next() {
  if (places_.empty()) {
    CO_RETURN_IF_ERROR(co_await FindEverywhere());
  } else {
    CO_RETURN_IF_ERROR(co_await FollowJournal());
  }
  co_return std::exchange(found_, {});
}

Task<absl::Status> IntentionFinder::FindEverywhere() {
  // The heads first: what is begun while the units are read is found in the journal.
  CO_ASSIGN_OR_RETURN(std::vector<std::uint64_t> heads, co_await store_.JournalHeads());
  CO_ASSIGN_OR_RETURN(const std::vector<v1::Unit> units, co_await units_.All());
  for (const std::string& programme : programmes_.ids()) {
    for (const v1::Unit& unit : units) {
      CO_ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(unit.name()));
      found_.insert(ListRepository::PartitionOf(programme, name.id));
    }
  }
  places_ = std::move(heads);
  co_return absl::OkStatus();
}

Task<absl::Status> IntentionFinder::FollowJournal() {
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store_.JournalHeads());
  for (int shard = 0; shard < store::kShards; ++shard) {
    while (places_[shard] < heads[shard]) {
      CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries,
                          co_await store_.ReadJournal(shard, places_[shard], store::kMaxScanRecords));
      if (entries.empty()) break;
      for (const store::JournalEntry& entry : entries) {
        const std::string& type = entry.event.type;
        if (type == kRecommendationBegun || type == kRemovalBegun) found_.insert(entry.partition);
      }
      places_[shard] = entries.back().sequence;
    }
  }
  co_return absl::OkStatus();
}

}  // namespace jiebang::quota
