#include "common/token/principal_seal.h"

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/errors/error.h"
#include "common/token/digest.h"

namespace jiebang::token {
namespace {

constexpr std::size_t kMinKeyBytes = 32;
// A seal is used for two minutes; so many callers in that time are more than one process serves.
constexpr std::size_t kMostRemembered = 10'000;

// Signed before the principal, so that nothing else that is signed with the same key can be taken for one.
constexpr char kPurpose[] = "jiebang.identity.v1.Principal\n";

std::string SignatureOf(std::string_view key, std::string_view principal) {
  return HmacSha256(key, std::string(kPurpose).append(principal));
}

absl::Status KeyTooShort(std::size_t bytes) {
  return Refusal{
      .code = absl::StatusCode::kInvalidArgument,
      .reason = "SECRET_TOO_SHORT",
      .en = absl::StrCat("The key of principals has ", bytes, " bytes; at least ", kMinKeyBytes, " are needed."),
      .zh = absl::StrCat("身份签名密钥只有 ", bytes, " 字节，至少需要 ", kMinKeyBytes, " 字节"),
  }
      .ToStatus();
}

absl::Status Forged() {
  return Refusal{
      .code = absl::StatusCode::kUnauthenticated,
      .reason = "PRINCIPAL_FORGED",
      .en = "The caller's principal was not signed by the gateway of this suite.",
      .zh = "调用者身份不是由本套系统的网关签发的",
  }
      .ToStatus();
}

absl::Status Expired() {
  return Refusal{
      .code = absl::StatusCode::kUnauthenticated,
      .reason = "PRINCIPAL_EXPIRED",
      .en = "The caller's principal has expired; call again.",
      .zh = "调用者身份已过期，请重新调用",
  }
      .ToStatus();
}

}  // namespace

// By the text of a principal, which is no secret: a search compares byte by byte, and how long it takes says how much
// of what is sought is right. The signature is compared in constant time, as where it is made.
class PrincipalSeal::Memory {
 public:
  std::optional<Principal> Find(std::string_view signature, std::string_view text) const {
    const absl::ReaderMutexLock lock(&mutex_);
    const auto found = opened_.find(text);
    if (found == opened_.end() || !EqualInConstantTime(signature, found->second.signature)) return std::nullopt;
    return found->second.principal;
  }

  void Keep(std::string_view signature, std::string_view text, const Principal& principal) {
    const absl::MutexLock lock(&mutex_);
    // Forgetting all is simple and costs one signature a caller.
    if (opened_.size() >= kMostRemembered) opened_.clear();
    opened_.emplace(text, Opened{std::string(signature), principal});
  }

 private:
  struct Opened {
    std::string signature;
    Principal principal;
  };

  mutable absl::Mutex mutex_;
  std::map<std::string, Opened, std::less<>> opened_ ABSL_GUARDED_BY(mutex_);
};

PrincipalSeal::PrincipalSeal(std::string key) : key_(std::move(key)), memory_(std::make_shared<Memory>()) {}

absl::StatusOr<PrincipalSeal> PrincipalSeal::FromKey(std::string key) {
  if (key.size() < kMinKeyBytes) return KeyTooShort(key.size());
  return PrincipalSeal(std::move(key));
}

std::string PrincipalSeal::Seal(const Principal& principal) const {
  const std::string text = principal.SerializeAsString();
  return SignatureOf(key_, text).append(text);
}

absl::StatusOr<Principal> PrincipalSeal::Open(std::string_view sealed, absl::Time now) const {
  if (sealed.size() < kDigestBytes) return Forged();
  const std::string_view signature = sealed.substr(0, kDigestBytes);
  const std::string_view text = sealed.substr(kDigestBytes);
  std::optional<Principal> principal = memory_->Find(signature, text);
  if (!principal.has_value()) {
    if (!EqualInConstantTime(signature, SignatureOf(key_, text))) return Forged();
    principal.emplace();
    if (!principal->ParseFromArray(text.data(), static_cast<int>(text.size()))) return Forged();
    memory_->Keep(signature, text, *principal);
  }
  if (absl::ToUnixSeconds(now) > principal->expire_seconds()) return Expired();
  return *std::move(principal);
}

}  // namespace jiebang::token
