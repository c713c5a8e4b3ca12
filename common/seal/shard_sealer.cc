#include "common/seal/shard_sealer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/seal/leaf.h"
#include "common/status/status_macros.h"

namespace jiebang::seal {
namespace {

using journal::v1::AcceptedRollback;
using journal::v1::ShardTree;

// An event may have 256 KiB.
constexpr std::size_t kSealedAtOnce = 256;

template <class... Parts>
absl::Status DoesNotFit(const Parts&... parts) {
  return absl::DataLossError(absl::StrCat(parts...));
}

}  // namespace

Task<absl::StatusOr<std::vector<store::JournalEntry>>> ShardSealer::Entries(int shard, std::uint64_t after) const {
  CO_ASSIGN_OR_RETURN(std::vector<store::JournalEntry> entries,
                      co_await store_.ReadJournal(shard, after, kSealedAtOnce));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].sequence == after + 1 + i) continue;
    co_return DoesNotFit("entry ", after + 1 + i, " of its journal is missing");
  }
  co_return entries;
}

Task<absl::StatusOr<ShardSealer::Loaded>> ShardSealer::Load(int shard, ShardTree sealed, std::uint64_t grown) const {
  const auto size = static_cast<std::uint64_t>(sealed.size());
  std::set<TileId> wanted = TilesGrowing(size, grown);
  std::vector<Subtree> read = {{0, size}};
  if (size > 0) read.push_back({size - 1, size});
  wanted.merge(TilesOf(read));
  CO_ASSIGN_OR_RETURN(KeptTiles kept, co_await repository_.TilesOfShard(shard, std::move(wanted)));
  CO_ASSIGN_OR_RETURN(TiledTree tree, TiledTree::FromTiles(hash_, size, std::move(kept.tiles)));
  CO_ASSIGN_OR_RETURN(const std::string root, tree.Root());
  if (root != sealed.root()) co_return DoesNotFit("its tiles do not give the root that was sealed");
  co_return Loaded{std::move(tree), std::move(kept.versions)};
}

// In memory until the root is seen to be the sealed one: 32 bytes an entry.
Task<absl::Status> ShardSealer::MakeTilesAgain(int shard, ShardTree sealed) const {
  const auto size = static_cast<std::uint64_t>(sealed.size());
  TiledTree tree(hash_);
  while (tree.size() < size) {
    CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries, co_await Entries(shard, tree.size()));
    if (entries.empty()) co_return DoesNotFit("its journal ends before ", size);
    for (const store::JournalEntry& entry : entries) {
      if (tree.size() < size) tree.Append(hash_.Leaf(LeafBytes(shard, entry)));
    }
  }
  CO_ASSIGN_OR_RETURN(const std::string root, tree.Root());
  if (root != sealed.root()) co_return DoesNotFit("neither its tiles nor its journal give the root that was sealed");
  Tiles tiles = tree.Changed();
  std::set<TileId> ids;
  for (const auto& [id, hashes] : tiles) ids.insert(id);
  CO_ASSIGN_OR_RETURN(KeptTiles kept, co_await repository_.TilesOfShard(shard, std::move(ids)));
  co_return co_await repository_.KeepTiles(shard, std::move(tiles), std::move(kept.versions));
}

Task<absl::StatusOr<ShardStep>> ShardSealer::Extend(int shard, ShardTree sealed, std::uint64_t journal_size) const {
  const auto size = static_cast<std::uint64_t>(sealed.size());
  ShardStep step{.tree = sealed};
  if (journal_size < size) co_return DoesNotFit("its journal ends at ", journal_size, ", and ", size, " were sealed");
  if (journal_size == size) co_return step;

  // From the last sealed entry on: it tells a journal that lost its end and grew again.
  const std::uint64_t after = size > 0 ? size - 1 : 0;
  absl::StatusOr<std::vector<store::JournalEntry>> entries = co_await Entries(shard, after);
  bool has_sealed_one = size > 0;
  if (has_sealed_one && absl::IsOutOfRange(entries.status())) {  // it was compacted away
    has_sealed_one = false;
    entries = co_await Entries(shard, size);
  }
  if (!entries.ok()) co_return entries.status();
  const std::size_t first_new = has_sealed_one ? 1 : 0;
  if (entries->size() <= first_new) co_return DoesNotFit("its journal ends before ", journal_size);

  const std::uint64_t grown = entries->back().sequence;
  absl::StatusOr<Loaded> whole = co_await Load(shard, sealed, grown);
  if (absl::IsDataLoss(whole.status())) {
    CO_RETURN_IF_ERROR(co_await MakeTilesAgain(shard, sealed));
    whole = co_await Load(shard, sealed, grown);
  }
  CO_ASSIGN_OR_RETURN(Loaded loaded, std::move(whole));
  if (has_sealed_one) {
    CO_ASSIGN_OR_RETURN(const std::string leaf, loaded.tree.LeafHash(size - 1));
    if (leaf != hash_.Leaf(LeafBytes(shard, entries->front()))) {
      co_return DoesNotFit("entry ", size, " of its journal is another one than was sealed");
    }
  }
  for (std::size_t i = first_new; i < entries->size(); ++i) {
    loaded.tree.Append(hash_.Leaf(LeafBytes(shard, (*entries)[i])));
  }
  CO_RETURN_IF_ERROR(co_await repository_.KeepTiles(shard, loaded.tree.Changed(), std::move(loaded.versions)));
  CO_ASSIGN_OR_RETURN(std::string root, loaded.tree.Root());
  step.tree.set_size(static_cast<std::int64_t>(grown));
  step.tree.set_root(std::move(root));
  step.more = grown < journal_size;
  co_return step;
}

// A journal loses its end, so what is still there is found from the end backwards.
Task<absl::StatusOr<std::uint64_t>> ShardSealer::StillThere(int shard, std::uint64_t sealed_size,
                                                            std::uint64_t journal_size) const {
  std::uint64_t end = std::min(sealed_size, journal_size);
  while (end > 0) {
    const std::uint64_t begin = (end - 1) / kTileWidth * kTileWidth;
    const TileId id{.level = 0, .index = begin / kTileWidth};
    std::set<TileId> wanted = {id};
    CO_ASSIGN_OR_RETURN(KeptTiles kept, co_await repository_.TilesOfShard(shard, std::move(wanted)));
    CO_ASSIGN_OR_RETURN(const TiledTree tree, TiledTree::FromTiles(hash_, sealed_size, std::move(kept.tiles)));
    CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries, co_await Entries(shard, begin));
    if (entries.size() < end - begin) co_return DoesNotFit("its journal ends before ", end);
    for (; end > begin; --end) {
      CO_ASSIGN_OR_RETURN(const std::string leaf, tree.LeafHash(end - 1));
      if (leaf == hash_.Leaf(LeafBytes(shard, entries[end - 1 - begin]))) co_return end;
    }
  }
  co_return 0;
}

Task<absl::StatusOr<ShardTree>> ShardSealer::KeptByLeaves(int shard, ShardTree sealed,
                                                          std::uint64_t journal_size) const {
  const auto size = static_cast<std::uint64_t>(sealed.size());
  CO_ASSIGN_OR_RETURN(const std::uint64_t kept, co_await StillThere(shard, size, journal_size));
  std::set<TileId> wanted = TilesOf({{0, size}, {0, kept}});
  CO_ASSIGN_OR_RETURN(KeptTiles tiles, co_await repository_.TilesOfShard(shard, std::move(wanted)));
  CO_ASSIGN_OR_RETURN(const TiledTree tree, TiledTree::FromTiles(hash_, size, std::move(tiles.tiles)));
  CO_ASSIGN_OR_RETURN(const std::string root, tree.Root());
  if (root != sealed.root()) co_return DoesNotFit("its tiles do not give the root that was sealed");
  ShardTree remaining;
  CO_ASSIGN_OR_RETURN(*remaining.mutable_root(), tree.HashOf({0, kept}));
  remaining.set_size(static_cast<std::int64_t>(kept));
  co_return remaining;
}

Task<absl::StatusOr<bool>> ShardSealer::Stands(int shard, ShardTree sealed, std::uint64_t journal_size) const {
  const auto size = static_cast<std::uint64_t>(sealed.size());
  if (size == 0) co_return true;
  if (size > journal_size) co_return false;
  const absl::StatusOr<Loaded> loaded = co_await Load(shard, sealed, size);
  if (absl::IsDataLoss(loaded.status())) co_return false;
  if (!loaded.ok()) co_return loaded.status();
  const absl::StatusOr<std::vector<store::JournalEntry>> entries = co_await Entries(shard, size - 1);
  if (absl::IsOutOfRange(entries.status())) co_return true;  // compacted, and in the tiles
  if (!entries.ok()) co_return entries.status();
  CO_ASSIGN_OR_RETURN(const std::string leaf, loaded->tree.LeafHash(size - 1));
  co_return !entries->empty() && leaf == hash_.Leaf(LeafBytes(shard, entries->front()));
}

Task<absl::StatusOr<ShardTree>> ShardSealer::KeptByHeads(int shard, std::uint64_t journal_size) const {
  CO_ASSIGN_OR_RETURN(const KeptHead latest, co_await repository_.LatestHead());
  std::int64_t number = latest.head ? latest.head->head.number() : 0;
  ShardTree tried;
  while (--number > 0) {
    CO_ASSIGN_OR_RETURN(const journal::v1::SignedHead signed_head, co_await repository_.Head(number));
    journal::v1::JournalHead head;
    if (!head.ParseFromString(signed_head.head()) || head.trees_size() != store::kShards) {
      co_return DoesNotFit("head ", number, " cannot be read");
    }
    const ShardTree& tree = head.trees(shard);
    if (tree.root() == tried.root()) continue;
    tried = tree;
    CO_ASSIGN_OR_RETURN(const bool stands, co_await Stands(shard, tree, journal_size));
    if (stands) co_return tree;
  }
  ShardTree nothing;
  nothing.set_root(hash_.Empty());
  co_return nothing;
}

Task<absl::StatusOr<ShardStep>> ShardSealer::GiveUp(int shard, ShardTree sealed, std::uint64_t journal_size,
                                                    std::string reason) const {
  absl::StatusOr<ShardTree> kept = co_await KeptByLeaves(shard, sealed, journal_size);
  if (absl::IsDataLoss(kept.status())) kept = co_await KeptByHeads(shard, journal_size);
  if (!kept.ok()) co_return kept.status();
  ShardStep step{.tree = *std::move(kept)};
  step.more = static_cast<std::uint64_t>(step.tree.size()) < journal_size;
  AcceptedRollback& rollback = step.rollback.emplace();
  rollback.set_shard(shard);
  rollback.set_reason(std::move(reason));
  *rollback.mutable_sealed() = std::move(sealed);
  co_return step;
}

}  // namespace jiebang::seal
