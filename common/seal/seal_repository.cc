#include "common/seal/seal_repository.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/status/status_macros.h"

namespace jiebang::seal {
namespace {

using journal::v1::SealLease;
using journal::v1::SignedHead;

constexpr char kPartition[] = "seal";
constexpr char kHeads[] = "seal_head";
constexpr char kLatest[] = "seal_latest";  // the latest head once more: a scan goes from the first on
constexpr char kLatestId[] = "head";
constexpr char kLeases[] = "seal_lease";
constexpr char kLeaseId[] = "lease";
constexpr char kTiles[] = "seal_tile";

// With two operations a tile, and 8 KiB each, well within a commit.
constexpr std::size_t kTilesAtOnce = 200;

std::string HeadId(std::int64_t number) { return absl::StrFormat("%012d", number); }

std::string TilePartition(int shard) { return absl::StrCat(kPartition, "/", shard); }

std::string TileRecordId(TileId tile) { return absl::StrFormat("%d/%012d", tile.level, tile.index); }

template <class Message>
absl::StatusOr<Message> Parsed(const store::Record& record) {
  Message message;
  if (!message.ParseFromString(record.value)) return absl::DataLossError("a record of the seal cannot be read");
  return message;
}

}  // namespace

absl::StatusOr<std::optional<SignedHead>> HeadIn(const store::Key& key, const std::string& value) {
  if (key.table != kHeads) return std::nullopt;
  SignedHead head;
  if (!head.ParseFromString(value)) return absl::DataLossError(absl::StrCat("head ", key.id, " cannot be read"));
  return head;
}

absl::StatusOr<std::optional<TilePlace>> TileAt(const store::Key& key) {
  if (key.table != kTiles) return std::nullopt;
  TilePlace place;
  const std::vector<std::string> partition = absl::StrSplit(key.partition, '/');
  const std::vector<std::string> id = absl::StrSplit(key.id, '/');
  const bool read = partition.size() == 2 && id.size() == 2 && absl::SimpleAtoi(partition[1], &place.shard) &&
                    absl::SimpleAtoi(id[0], &place.tile.level) && absl::SimpleAtoi(id[1], &place.tile.index);
  if (read && place.shard >= 0 && place.shard < store::kShards) return place;
  return absl::DataLossError(absl::StrCat("a tile stands at ", key.partition, " ", key.id));
}

Task<absl::StatusOr<KeptHead>> SealRepository::LatestHead() const {
  store::Key key{.table = kLatest, .partition = kPartition, .id = kLatestId};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return KeptHead{};
  if (!record.ok()) co_return record.status();
  KeptHead kept{.head = OpenedHead{}, .version = record->version};
  CO_ASSIGN_OR_RETURN(kept.head->signed_head, Parsed<SignedHead>(*record));
  if (!kept.head->head.ParseFromString(kept.head->signed_head.head()) ||
      kept.head->head.trees_size() != store::kShards) {
    co_return absl::DataLossError("the latest head cannot be read");
  }
  co_return kept;
}

Task<absl::StatusOr<SignedHead>> SealRepository::Head(std::int64_t number) const {
  store::Key key{.table = kHeads, .partition = kPartition, .id = HeadId(number)};
  CO_ASSIGN_OR_RETURN(const store::Record record, co_await store_.Get(std::move(key)));
  co_return Parsed<SignedHead>(record);
}

Task<absl::StatusOr<KeptLease>> SealRepository::Lease() const {
  store::Key key{.table = kLeases, .partition = kPartition, .id = kLeaseId};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return KeptLease{};
  if (!record.ok()) co_return record.status();
  KeptLease kept{.version = record->version};
  CO_ASSIGN_OR_RETURN(kept.lease, Parsed<SealLease>(*record));
  co_return kept;
}

Task<absl::Status> SealRepository::KeepLease(SealLease lease, std::uint64_t version) const {
  store::Commit commit{.partition = kPartition};
  commit.preconditions.push_back({.table = kLeases, .id = kLeaseId, .version = version});
  commit.puts.push_back({.table = kLeases, .id = kLeaseId, .value = lease.SerializeAsString()});
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::Status> SealRepository::AddHead(KeptHead before, OpenedHead next, SealLease lease,
                                           std::uint64_t lease_version) const {
  const std::string id = HeadId(next.head.number());
  const std::string value = next.signed_head.SerializeAsString();
  store::Commit commit{.partition = kPartition};
  commit.preconditions.push_back({.table = kLeases, .id = kLeaseId, .version = lease_version});
  commit.preconditions.push_back({.table = kLatest, .id = kLatestId, .version = before.version});
  commit.preconditions.push_back({.table = kHeads, .id = id, .version = 0});
  commit.puts.push_back({.table = kLeases, .id = kLeaseId, .value = lease.SerializeAsString()});
  commit.puts.push_back({.table = kLatest, .id = kLatestId, .value = value});
  commit.puts.push_back({.table = kHeads, .id = id, .value = value});
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<KeptTiles>> SealRepository::TilesOfShard(int shard, std::set<TileId> wanted) const {
  KeptTiles kept;
  auto next = wanted.begin();
  while (next != wanted.end()) {
    std::vector<TileId> ids;
    std::vector<store::Key> keys;
    for (; next != wanted.end() && ids.size() < kTilesAtOnce; ++next) {
      ids.push_back(*next);
      keys.push_back({.table = kTiles, .partition = TilePartition(shard), .id = TileRecordId(*next)});
    }
    CO_ASSIGN_OR_RETURN(std::vector<std::optional<store::Record>> records, co_await store_.GetMany(std::move(keys)));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!records[i]) continue;
      kept.tiles[ids[i]] = std::move(records[i]->value);
      kept.versions[ids[i]] = records[i]->version;
    }
  }
  co_return kept;
}

Task<absl::Status> SealRepository::KeepTiles(int shard, Tiles tiles, std::map<TileId, std::uint64_t> versions) const {
  auto next = tiles.begin();
  while (next != tiles.end()) {
    store::Commit commit{.partition = TilePartition(shard)};
    for (; next != tiles.end() && commit.puts.size() < kTilesAtOnce; ++next) {
      const std::string id = TileRecordId(next->first);
      commit.preconditions.push_back({.table = kTiles, .id = id, .version = versions[next->first]});
      commit.puts.push_back({.table = kTiles, .id = id, .value = std::move(next->second)});
    }
    CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(commit)));
  }
  co_return absl::OkStatus();
}

}  // namespace jiebang::seal
