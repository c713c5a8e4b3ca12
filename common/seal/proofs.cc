#include "common/seal/proofs.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"

namespace jiebang::seal {
namespace {

using journal::v1::ConsistencyProof;
using journal::v1::InclusionProof;
using journal::v1::JournalHead;
using journal::v1::SignedHead;

absl::Status HeadNotFound(std::int64_t number) {
  return Refusal{.code = absl::StatusCode::kNotFound,
                 .reason = "SEAL_HEAD_NOT_FOUND",
                 .en = number == 0 ? "Nothing of this journal is sealed yet."
                                   : absl::StrCat("There is no head ", number, " of this journal."),
                 .zh = number == 0 ? "该日志尚未封存" : absl::StrCat("该日志没有第 ", number, " 号封存头")}
      .ToStatus();
}

absl::Status EntryNotSealed(int shard, std::int64_t sequence, const JournalHead& head) {
  return Refusal{.code = absl::StatusCode::kNotFound,
                 .reason = "ENTRY_NOT_SEALED",
                 .en = absl::StrCat("Head ", head.number(), " sealed ", head.trees(shard).size(), " entries of shard ",
                                    shard, "; entry ", sequence, " is not among them."),
                 .zh = absl::StrCat("第 ", head.number(), " 号封存头在分片 ", shard, " 封存了 ",
                                    head.trees(shard).size(), " 条，其中没有第 ", sequence, " 条")}
      .ToStatus();
}

absl::Status TreeLost(int shard, std::int64_t number) {
  return Refusal{.code = absl::StatusCode::kFailedPrecondition,
                 .reason = "SEALED_TREE_LOST",
                 .en = absl::StrCat("What head ", number, " sealed of shard ", shard,
                                    " is not there any more; a later head says whether its loss was accepted."),
                 .zh = absl::StrCat("第 ", number, " 号封存头在分片 ", shard,
                                    " 封存的内容已不存在；后续封存头会说明其丢失是否已被确认")}
      .ToStatus();
}

absl::Status HeadsOutOfOrder(const JournalHead& first, const JournalHead& second) {
  return Refusal{.code = absl::StatusCode::kInvalidArgument,
                 .reason = "HEADS_OUT_OF_ORDER",
                 .en = absl::StrCat("Head ", first.number(), " is not before head ", second.number(), "."),
                 .zh = absl::StrCat("第 ", first.number(), " 号封存头不在第 ", second.number(), " 号之前")}
      .ToStatus();
}

absl::Status CheckShardNumber(int shard) {
  if (shard >= 0 && shard < store::kShards) return absl::OkStatus();
  return MalformedField("shard", absl::StrCat("There is no shard ", shard, "; want 0 to ", store::kShards - 1, "."),
                        absl::StrCat("没有分片 ", shard, "；应为 0 至 ", store::kShards - 1), "SHARD_UNKNOWN");
}

}  // namespace

Task<absl::StatusOr<SignedHead>> Proofs::Head(std::int64_t number) const {
  if (number == 0) {
    CO_ASSIGN_OR_RETURN(KeptHead latest, co_await repository_.LatestHead());
    if (!latest.head) co_return HeadNotFound(0);
    co_return std::move(latest.head->signed_head);
  }
  absl::StatusOr<SignedHead> head = co_await repository_.Head(number);
  if (absl::IsNotFound(head.status())) co_return HeadNotFound(number);
  co_return head;
}

Task<absl::StatusOr<JournalHead>> Proofs::Opened(std::int64_t number) const {
  CO_ASSIGN_OR_RETURN(const SignedHead signed_head, co_await Head(number));
  JournalHead head;
  if (!head.ParseFromString(signed_head.head()) || head.trees_size() != store::kShards) {
    co_return absl::DataLossError("a head of the seal cannot be read");
  }
  co_return head;
}

Task<absl::StatusOr<TiledTree>> Proofs::Tree(int shard, JournalHead head, std::vector<Subtree> subtrees) const {
  const auto size = static_cast<std::uint64_t>(head.trees(shard).size());
  subtrees.push_back({0, size});
  std::set<TileId> wanted = TilesOf(subtrees);
  CO_ASSIGN_OR_RETURN(KeptTiles kept, co_await repository_.TilesOfShard(shard, std::move(wanted)));
  absl::StatusOr<TiledTree> tree = TiledTree::FromTiles(TreeHash(head.suite()), size, std::move(kept.tiles));
  if (!tree.ok()) co_return TreeLost(shard, head.number());
  const absl::StatusOr<std::string> root = tree->Root();
  if (!root.ok() || *root != head.trees(shard).root()) co_return TreeLost(shard, head.number());
  co_return tree;
}

Task<absl::StatusOr<InclusionProof>> Proofs::Inclusion(int shard, std::int64_t sequence,
                                                       std::int64_t head_number) const {
  CO_RETURN_IF_ERROR(CheckShardNumber(shard));
  CO_ASSIGN_OR_RETURN(const JournalHead head, co_await Opened(head_number));
  const std::int64_t size = head.trees(shard).size();
  if (sequence < 1 || sequence > size) co_return EntryNotSealed(shard, sequence, head);
  const std::vector<Subtree> subtrees =
      InclusionSubtrees(static_cast<std::uint64_t>(sequence - 1), static_cast<std::uint64_t>(size));
  CO_ASSIGN_OR_RETURN(const TiledTree tree, co_await Tree(shard, head, subtrees));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> path, tree.HashesOf(subtrees));
  InclusionProof proof;
  proof.set_shard(shard);
  proof.set_sequence(sequence);
  proof.set_tree_size(size);
  for (const std::string& hash : path) proof.add_path(hash);
  co_return proof;
}

Task<absl::StatusOr<ConsistencyProof>> Proofs::Consistency(int shard, std::int64_t first_number,
                                                           std::int64_t second_number) const {
  CO_RETURN_IF_ERROR(CheckShardNumber(shard));
  CO_ASSIGN_OR_RETURN(const JournalHead first, co_await Opened(first_number));
  CO_ASSIGN_OR_RETURN(const JournalHead second, co_await Opened(second_number));
  if (first.number() > second.number()) co_return HeadsOutOfOrder(first, second);
  const std::int64_t first_size = first.trees(shard).size();
  const std::int64_t second_size = second.trees(shard).size();
  if (first_size > second_size) co_return TreeLost(shard, first.number());
  std::vector<Subtree> subtrees;
  if (first_size > 0) {
    subtrees = ConsistencySubtrees(static_cast<std::uint64_t>(first_size), static_cast<std::uint64_t>(second_size));
  }
  std::vector<Subtree> read = subtrees;
  read.push_back({0, static_cast<std::uint64_t>(first_size)});
  CO_ASSIGN_OR_RETURN(const TiledTree tree, co_await Tree(shard, second, std::move(read)));
  CO_ASSIGN_OR_RETURN(const std::string first_root, tree.HashOf({0, static_cast<std::uint64_t>(first_size)}));
  if (first_root != first.trees(shard).root()) co_return TreeLost(shard, first.number());
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> path, tree.HashesOf(subtrees));
  ConsistencyProof proof;
  proof.set_shard(shard);
  proof.set_first_size(first_size);
  proof.set_second_size(second_size);
  for (const std::string& hash : path) proof.add_path(hash);
  co_return proof;
}

Task<absl::StatusOr<std::vector<store::JournalEntry>>> Proofs::Entries(int shard, std::int64_t after, int limit) const {
  CO_RETURN_IF_ERROR(CheckShardNumber(shard));
  constexpr int kMostEntries = static_cast<int>(store::kMaxScanRecords);
  co_return co_await store_.ReadJournal(shard, static_cast<std::uint64_t>(std::max<std::int64_t>(after, 0)),
                                        static_cast<std::size_t>(std::clamp(limit, 1, kMostEntries)));
}

}  // namespace jiebang::seal
