#include "services/gateway/identity/identity_errors.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang::gateway {
namespace {

absl::Status Unbelieved(std::string reason, std::string en, std::string zh) {
  return Refusal{
      .code = absl::StatusCode::kUnauthenticated, .reason = std::move(reason), .en = std::move(en), .zh = std::move(zh)}
      .ToStatus();
}

}  // namespace

absl::Status NoBearer() {
  return Unbelieved("TOKEN_MALFORMED", "authorization must be \"Bearer <token>\"",
                    "authorization 须为 \"Bearer <令牌>\"");
}

absl::Status CredentialsAmbiguous() {
  return Unbelieved("CREDENTIALS_AMBIGUOUS", "A signed request brings no bearer token; send one of the two.",
                    "签名请求不得同时携带令牌，请二者择一");
}

absl::Status CredentialRevoked() {
  return Unbelieved("CREDENTIAL_REVOKED", "What the call was proved with has been revoked.", "该凭据已被吊销");
}

absl::Status PlatformUnknown(const std::string& platform) {
  return Unbelieved("PLATFORM_UNKNOWN", absl::StrCat("The platform ", platform, " is not registered any more."),
                    absl::StrCat("平台 ", platform, " 已不在登记之列"));
}

absl::Status CertificateUnreadable() {
  return Unbelieved("CERTIFICATE_UNREADABLE", "The client certificate cannot be read.", "客户端证书无法解析");
}

absl::Status CertificateUnknown() {
  return Unbelieved("CERTIFICATE_UNKNOWN", "The client certificate belongs to no registered platform.",
                    "客户端证书不属于任何已登记的平台");
}

absl::Status CertificateNotValidNow() {
  return Unbelieved("CERTIFICATE_EXPIRED", "The client certificate is not valid now.", "客户端证书不在有效期内");
}

absl::Status SignatureMalformed(const std::string& header) {
  return Unbelieved("SIGNATURE_MALFORMED", absl::StrCat("The header ", header, " of the signed request is malformed."),
                    absl::StrCat("签名请求的 ", header, " 头格式不正确"));
}

absl::Status SignatureOutOfTime() {
  return Unbelieved(
      "SIGNATURE_OUT_OF_TIME",
      "The signed request's time is more than 300 s away from the gateway's; check the clock and sign anew.",
      "签名时间与网关相差超过 300 秒，请校准时钟后重新签名");
}

absl::Status SignatureWrong() {
  return Unbelieved("SIGNATURE_WRONG", "The signature does not fit the request, or its key is unknown.",
                    "签名与请求不符，或密钥不存在");
}

absl::Status ContentDigestWrong() {
  return Unbelieved("CONTENT_DIGEST_WRONG", "The content-digest does not fit the body as it was sent.",
                    "content-digest 与所发送的报文不符");
}

absl::Status NonceUsed() {
  return Unbelieved("NONCE_USED",
                    "The nonce was used before; sign every request, also a repeated one, with a new nonce.",
                    "随机数已被使用；每次请求（包括重试）须使用新的随机数签名");
}

absl::Status SignedRequestsNotHere() {
  return Unbelieved("SIGNED_REQUESTS_NOT_HERE", "This port takes no signed requests.", "该端口不接受签名请求");
}

absl::Status OnBehalfOfMalformed() {
  return MalformedField("jiebang-on-behalf-of", "jiebang-on-behalf-of must be applicants/<unified social credit code>.",
                        "jiebang-on-behalf-of 须为 applicants/<统一社会信用代码>", "ON_BEHALF_OF_MALFORMED");
}

absl::Status OnBehalfOfNotAllowed() {
  return Refusal{.code = absl::StatusCode::kPermissionDenied,
                 .reason = "ON_BEHALF_OF_NOT_ALLOWED",
                 .en = "Only a registered platform acts on behalf of somebody.",
                 .zh = "只有已登记的平台可以代办"}
      .ToStatus();
}

absl::Status NotInRegion(const std::string& platform, const std::string& uscc) {
  return Refusal{.code = absl::StatusCode::kPermissionDenied,
                 .reason = "NOT_IN_REGION",
                 .en = absl::StrCat(platform, " may not act for ", uscc,
                                    ": the enterprise is registered outside its region, and not listed for it."),
                 .zh = absl::StrCat(platform, " 不能为 ", uscc, " 代办：该企业的登记机关不在其区域内，也未单独列入"),
                 .metadata = {{"platform", platform}, {"uscc", uscc}}}
      .ToStatus();
}

absl::Status NonceMemoryAway() {
  return Refusal{.code = absl::StatusCode::kUnavailable,
                 .reason = "NONCE_MEMORY_AWAY",
                 .en = "Whether the request is a repetition cannot be found out now; sign it anew and call again.",
                 .zh = "暂时无法核查请求是否重放，请重新签名后再试",
                 .retry_after = absl::Seconds(2)}
      .ToStatus();
}

}  // namespace jiebang::gateway
