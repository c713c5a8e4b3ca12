#include "services/quota/repository/intention_finder.h"

#include <utility>

#include "common/journal/reading.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/unit_name.h"
#include "services/quota/repository/list_repository.h"

namespace jiebang::quota {
namespace {

constexpr std::size_t kReadAtOnce = 500;

}  // namespace

Task<absl::StatusOr<std::set<std::string>>> IntentionFinder::Next() {
  if (position_) {
    const absl::Status followed = co_await FollowJournal();
    if (absl::IsOutOfRange(followed) || absl::IsDataLoss(followed)) {
      position_.reset();
    } else {
      CO_RETURN_IF_ERROR(followed);
    }
  }
  if (!position_) CO_RETURN_IF_ERROR(co_await FindEverywhere());
  co_return std::exchange(found_, {});
}

Task<absl::Status> IntentionFinder::FindEverywhere() {
  // The heads first: what is begun while the units are read is found in the journal.
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store_.JournalHeads());
  CO_ASSIGN_OR_RETURN(const std::vector<v1::Unit> units, co_await units_.All());
  for (const std::string& programme : programmes_.ids()) {
    for (const v1::Unit& unit : units) {
      CO_ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(unit.name()));
      found_.insert(ListRepository::PartitionOf(programme, name.id));
    }
  }
  position_.emplace();
  for (int shard = 0; shard < store::kShards; ++shard) position_->places[shard].sequence = heads[shard];
  co_return absl::OkStatus();
}

Task<absl::Status> IntentionFinder::FollowJournal() {
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store_.JournalHeads());
  for (int shard = 0; shard < store::kShards; ++shard) {
    journal::Place& place = position_->places[shard];
    while (true) {
      CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries,
                          co_await journal::ReadOn(store_, shard, place, heads[shard], kReadAtOnce));
      for (const store::JournalEntry& entry : entries) {
        const std::string& type = entry.event.type;
        if (type == kRecommendationBegun || type == kRemovalBegun) found_.insert(entry.partition);
        place = journal::Place::After(shard, entry);
      }
      if (entries.empty() || place.sequence >= heads[shard]) break;
    }
  }
  co_return absl::OkStatus();
}

}  // namespace jiebang::quota
