#include "common/token/bearer_errors.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang::token {
namespace {

absl::Status Unauthenticated(std::string reason, std::string en, std::string zh) {
  return Refusal{
      .code = absl::StatusCode::kUnauthenticated,
      .reason = std::move(reason),
      .en = std::move(en),
      .zh = std::move(zh),
  }
      .ToStatus();
}

}  // namespace

absl::Status TokenMalformed() {
  return Unauthenticated("TOKEN_MALFORMED", "The bearer token is no JWT with the claims of this suite.",
                         "令牌不是本套系统格式的 JWT");
}

absl::Status SignatureWrong() {
  return Unauthenticated(
      "TOKEN_SIGNATURE_WRONG",
      "The bearer token is not signed with EdDSA or RS256 by a key of its issuer that this gateway trusts.",
      "令牌的签名无效：须由本网关信任的签发者密钥以 EdDSA 或 RS256 签署");
}

absl::Status WrongIssuer() {
  return Unauthenticated("TOKEN_WRONG_ISSUER", "The bearer token comes from another issuer.", "令牌的签发者不符");
}

absl::Status WrongAudience() {
  return Unauthenticated("TOKEN_WRONG_AUDIENCE", "The bearer token was made for somebody else.", "令牌的使用对象不符");
}

absl::Status TokenExpired() {
  return Unauthenticated("TOKEN_EXPIRED", "The bearer token has expired; get a new one.", "令牌已过期，请重新获取");
}

absl::Status TokenNotYetValid() {
  return Unauthenticated("TOKEN_NOT_YET_VALID", "The bearer token is not valid yet; check the clock of who made it.",
                         "令牌尚未生效，请核对签发方的时钟");
}

absl::Status TokenLifetimeTooLong(absl::Duration longest) {
  return Unauthenticated("TOKEN_LIFETIME_TOO_LONG",
                         absl::StrCat("The bearer token is valid for longer than ", absl::FormatDuration(longest), "."),
                         absl::StrCat("令牌有效期超过上限 ", absl::FormatDuration(longest)));
}

absl::Status RoleRefused(const std::string& role) {
  if (role.empty()) return Unauthenticated("TOKEN_ROLE_REFUSED", "The bearer token names no role.", "令牌没有角色");
  return Unauthenticated("TOKEN_ROLE_REFUSED", absl::StrCat("A bearer token cannot give the role ", role, "."),
                         absl::StrCat("令牌不能授予角色 ", role));
}

absl::Status OwnerIdMissing(const std::string& role, const std::string& claim) {
  return Unauthenticated("TOKEN_ROLE_REFUSED",
                         absl::StrCat("The role ", role, " needs an id in the claim ", claim, "."),
                         absl::StrCat("角色 ", role, " 须在声明 ", claim, " 中给出标识"));
}

absl::Status ClaimsUnprintable() { return MalformedField("claims", "The claims must be UTF-8.", "令牌内容须为 UTF-8"); }

}  // namespace jiebang::token
