#include "common/seal/head.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/store.h"

namespace jiebang::seal {
namespace {

using journal::v1::AcceptedRollback;
using journal::v1::JournalHead;
using journal::v1::ShardTree;
using journal::v1::SignedHead;

// Keeps a signature of a head from passing for one of anything else that the same key signs; its byte 0 belongs to it.
constexpr std::string_view kContext("jiebang.journal.v1.JournalHead", sizeof("jiebang.journal.v1.JournalHead"));

std::string SignedBytes(std::string_view head) {
  std::string bytes(kContext);
  bytes.append(head);
  return bytes;
}

template <class... Parts>
absl::Status Wrong(const Parts&... parts) {
  return absl::DataLossError(absl::StrCat(parts...));
}

bool IsTree(const ShardTree& tree) { return tree.size() >= 0 && tree.root().size() == kHashBytes; }

bool AreSame(const ShardTree& a, const ShardTree& b) { return a.size() == b.size() && a.root() == b.root(); }

absl::Status CheckForm(const JournalHead& head) {
  if (head.trees_size() != store::kShards) return Wrong("it has ", head.trees_size(), " trees");
  if (!std::all_of(head.trees().begin(), head.trees().end(), IsTree)) return Wrong("a tree of it is none");
  for (const AcceptedRollback& rollback : head.rollbacks()) {
    const bool has_shard = rollback.shard() >= 0 && rollback.shard() < store::kShards;
    if (!has_shard || RollbackOf(head, rollback.shard()) != &rollback || !IsTree(rollback.sealed())) {
      return Wrong("a statement of it about a rollback is none");
    }
    if (head.trees(rollback.shard()).size() > rollback.sealed().size()) {
      return Wrong("its statement about shard ", rollback.shard(), " keeps what was not sealed");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckShard(int shard, const ShardTree& before, const JournalHead& next) {
  const ShardTree& after = next.trees(shard);
  if (const AcceptedRollback* const rollback = RollbackOf(next, shard)) {
    if (AreSame(rollback->sealed(), before)) return absl::OkStatus();
    return Wrong("its statement about shard ", shard, " is not about the tree of the head before");
  }
  if (after.size() < before.size()) return Wrong("shard ", shard, " became smaller without a statement");
  if (after.size() == before.size() && after.root() != before.root()) {
    return Wrong("shard ", shard, " has another root at the same size");
  }
  return absl::OkStatus();
}

absl::Status CheckFirst(const JournalHead& first) {
  if (first.number() != 1) return Wrong("no head stands before it");
  if (!first.previous_digest().empty()) return Wrong("it is the first and names one before");
  if (first.rollbacks_size() > 0) return Wrong("it is the first and states a rollback");
  return absl::OkStatus();
}

}  // namespace

Suite SuiteOf(token::KeyKind kind) {
  return kind == token::KeyKind::kSm2 ? journal::v1::SEAL_SUITE_SM2_SM3 : journal::v1::SEAL_SUITE_ED25519_SHA256;
}

SignedHead SignHead(const JournalHead& head, const token::SigningKey& key) {
  SignedHead signed_head;
  signed_head.set_head(head.SerializeAsString());
  signed_head.set_key_id(key.kid());
  signed_head.set_signature(key.Sign(SignedBytes(signed_head.head())));
  return signed_head;
}

absl::StatusOr<JournalHead> OpenHead(const SignedHead& signed_head, const std::vector<token::VerifyingKey>& keys) {
  JournalHead head;
  if (!head.ParseFromString(signed_head.head())) return Wrong("its bytes are no head");
  const auto key = std::find_if(keys.begin(), keys.end(),
                                [&](const token::VerifyingKey& known) { return known.kid() == signed_head.key_id(); });
  if (key == keys.end()) return Wrong("it is signed with the key ", signed_head.key_id(), ", which is not known");
  if (SuiteOf(key->kind()) != head.suite()) return Wrong("its key is of another suite");
  if (!key->Verify(SignedBytes(signed_head.head()), signed_head.signature())) return Wrong("its signature is wrong");
  RETURN_IF_ERROR(CheckForm(head));
  return head;
}

std::string DigestOf(const SignedHead& signed_head, Suite suite) { return TreeHash(suite).Digest(signed_head.head()); }

absl::Status CheckSuccession(const std::optional<OpenedHead>& before, const OpenedHead& next) {
  if (!before) return CheckFirst(next.head);
  if (next.head.service() != before->head.service()) return Wrong("it is of another service");
  if (next.head.suite() != before->head.suite()) return Wrong("it is of another suite than the head before");
  if (next.head.number() != before->head.number() + 1) return Wrong("it does not follow head ", before->head.number());
  if (next.head.previous_digest() != DigestOf(before->signed_head, next.head.suite())) {
    return Wrong("it names another head before it");
  }
  for (int shard = 0; shard < store::kShards; ++shard) {
    RETURN_IF_ERROR(CheckShard(shard, before->head.trees(shard), next.head));
  }
  return absl::OkStatus();
}

const AcceptedRollback* RollbackOf(const JournalHead& head, int shard) {
  for (const AcceptedRollback& rollback : head.rollbacks()) {
    if (rollback.shard() == shard) return &rollback;
  }
  return nullptr;
}

}  // namespace jiebang::seal
