#include "services/gateway/repository/shared_nonces.h"

#include <cstdio>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/open.h"
#include "common/store/redis/once.h"
#include "common/token/digest.h"
#include "services/gateway/identity/identity_errors.h"

namespace jiebang::gateway {
namespace {

// A request is not kept waiting for longer; so little is asked that a server which answers at all answers sooner.
constexpr absl::Duration kPatience = absl::Seconds(1);

class SharedNonces final : public Nonces {
 public:
  explicit SharedNonces(std::unique_ptr<store::Once> once) : once_(std::move(once)) {}

  Task<absl::Status> Use(std::string owner, std::string nonce, absl::Time /*now*/) override {
    std::string word = token::Sha256Hex(absl::StrCat(owner, "\n", nonce));
    const absl::StatusOr<bool> is_new = co_await once_->Say(std::move(word), kNonceKept + kPatience);
    if (!is_new.ok()) co_return NonceMemoryAway();
    if (!*is_new) co_return NonceUsed();
    co_return absl::OkStatus();
  }

 private:
  const std::unique_ptr<store::Once> once_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Nonces>> OpenSharedNonces(const std::string& location) {
  ASSIGN_OR_RETURN(const store::Location parsed, store::ParseLocation(location));
  const auto* const redis = std::get_if<store::RedisLocation>(&parsed);
  if (redis == nullptr) return absl::InvalidArgumentError("--nonce-store: want a Redis");
  ASSIGN_OR_RETURN(store::RedisOptions options, store::RedisOptionsOf(*redis));
  options.connections = 1;
  options.patience = kPatience;
  ASSIGN_OR_RETURN(std::unique_ptr<store::Once> once, store::Once::Open(std::move(options)));
  return std::make_unique<SharedNonces>(std::move(once));
}

}  // namespace jiebang::gateway
