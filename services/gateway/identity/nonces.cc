#include "services/gateway/identity/nonces.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/token/digest.h"
#include "services/gateway/identity/identity_errors.h"

namespace jiebang::gateway {

Task<absl::Status> NonceMemory::Use(std::string owner, std::string nonce, absl::Time now) {
  co_return UseNow(owner, nonce, now);
}

absl::Status NonceMemory::UseNow(std::string_view owner, std::string_view nonce, absl::Time now) {
  const std::string full = token::Sha256(
      absl::StrCat(absl::string_view(owner.data(), owner.size()), "\n", absl::string_view(nonce.data(), nonce.size())));
  Digest digest;
  std::copy_n(full.begin(), digest.size(), digest.begin());

  absl::MutexLock lock(&mutex_);
  if (now - turned_ >= kNonceKept) {
    old_ = now - turned_ >= 2 * kNonceKept ? absl::flat_hash_set<Digest>() : std::move(young_);
    young_ = {};
    turned_ = now;
  }
  if (old_.contains(digest)) return NonceUsed();
  if (young_.contains(digest)) return NonceUsed();
  if (young_.size() + old_.size() >= most_) return NonceMemoryAway();
  young_.insert(digest);
  return absl::OkStatus();
}

}  // namespace jiebang::gateway
