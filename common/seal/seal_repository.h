// Where the seal of a service's journal is kept: its heads, its tiles and the lease of its sealer, as records of the
// service's own store.
#ifndef JIEBANG_COMMON_SEAL_SEAL_REPOSITORY_H_
#define JIEBANG_COMMON_SEAL_SEAL_REPOSITORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/seal/head.h"
#include "common/seal/tiled_tree.h"
#include "common/store/store.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::seal {

struct KeptLease {
  journal::v1::SealLease lease;
  std::uint64_t version = 0;  // 0: nobody ever sealed
};

struct KeptHead {
  std::optional<OpenedHead> head;  // none: nothing was sealed yet. As it is kept: no key has been held against it
  std::uint64_t version = 0;
};

struct KeptTiles {
  Tiles tiles;  // those that are there
  std::map<TileId, std::uint64_t> versions;
};

// Errors beside those below are the store's; DATA_LOSS also when a record of the seal cannot be read.
// What a record of a back-up is to the seal. nullopt: nothing; DATA_LOSS: it should be and cannot be read.
struct TilePlace {
  int shard = 0;
  TileId tile;
};
absl::StatusOr<std::optional<journal::v1::SignedHead>> HeadIn(const store::Key& key, const std::string& value);
absl::StatusOr<std::optional<TilePlace>> TileAt(const store::Key& key);

class SealRepository {
 public:
  explicit SealRepository(store::Store& store) : store_(store) {}

  Task<absl::StatusOr<KeptHead>> LatestHead() const;

  // NOT_FOUND: there is none with this number.
  Task<absl::StatusOr<journal::v1::SignedHead>> Head(std::int64_t number) const;

  Task<absl::StatusOr<KeptLease>> Lease() const;

  // Keeps `lease` in the place of the one with `version`. ABORTED: somebody else was faster.
  Task<absl::Status> KeepLease(journal::v1::SealLease lease, std::uint64_t version) const;

  // Adds a head after `before`, and keeps `lease`. ABORTED: the lease of `lease_version` was taken since, or `before`
  // is no longer the latest head.
  Task<absl::Status> AddHead(KeptHead before, OpenedHead next, journal::v1::SealLease lease,
                             std::uint64_t lease_version) const;

  Task<absl::StatusOr<KeptTiles>> TilesOfShard(int shard, std::set<TileId> wanted) const;

  // Keeps each tile in the place of the one with its version (of a tile that was not there: 0). ABORTED: somebody else
  // has written one since; some may be kept.
  Task<absl::Status> KeepTiles(int shard, Tiles tiles, std::map<TileId, std::uint64_t> versions) const;

 private:
  store::Store& store_;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_SEAL_REPOSITORY_H_
