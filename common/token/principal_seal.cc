#include "common/token/principal_seal.h"

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/token/digest.h"

namespace jiebang::token {
namespace {

constexpr std::size_t kMinKeyBytes = 32;

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
  const std::string_view text = sealed.substr(kDigestBytes);
  if (!EqualInConstantTime(sealed.substr(0, kDigestBytes), SignatureOf(key_, text))) return Forged();
  Principal principal;
  if (!principal.ParseFromArray(text.data(), static_cast<int>(text.size()))) return Forged();
  if (absl::ToUnixSeconds(now) > principal.expire_seconds()) return Expired();
  return principal;
}

}  // namespace jiebang::token
