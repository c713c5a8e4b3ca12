// Heads: what is signed of a journal, and how one goes on from the one before.
#ifndef JIEBANG_COMMON_SEAL_HEAD_H_
#define JIEBANG_COMMON_SEAL_HEAD_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/seal/tree_hash.h"
#include "common/token/keys.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::seal {

Suite SuiteOf(token::KeyKind kind);

// Wants the suite of the head to be that of the key.
journal::v1::SignedHead SignHead(const journal::v1::JournalHead& head, const token::SigningKey& key);

// The head that one of the keys signed. DATA_LOSS when it is none: its bytes are no head of 16 trees, its key is not
// among these or of another suite, or the signature is wrong.
absl::StatusOr<journal::v1::JournalHead> OpenHead(const journal::v1::SignedHead& signed_head,
                                                  const std::vector<token::VerifyingKey>& keys);

// What the next head names as `previous_digest`.
std::string DigestOf(const journal::v1::SignedHead& signed_head, Suite suite);

// A head together with the bytes that were signed.
struct OpenedHead {
  journal::v1::JournalHead head;
  journal::v1::SignedHead signed_head;
};

// That `next` goes on from `before` (the first head: from nothing): service, suite, number, digest, and no tree that
// became smaller or changed at the same size without a statement. DATA_LOSS, saying what does not fit. Whether the
// larger trees hold the smaller ones is for the entries or a consistency proof to show.
absl::Status CheckSuccession(const std::optional<OpenedHead>& before, const OpenedHead& next);

// The statement of the head about this shard, if it has one.
const journal::v1::AcceptedRollback* RollbackOf(const journal::v1::JournalHead& head, int shard);

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_HEAD_H_
