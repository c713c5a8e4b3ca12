#include "services/jiebangctl/proof_command.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/token/jwt.h"
#include "common/token/key_file.h"
#include "common/token/keys.h"
#include "common/token/random_id.h"
#include "common/token/request_signature.h"

namespace jiebang::ctl {
namespace {

constexpr absl::Duration kAssertionLife = absl::Minutes(1);
constexpr std::size_t kLargestBody = 64 << 20;

}  // namespace

absl::Status MakeAssertion(const AssertionFlags& flags, absl::Time now, std::ostream& output) {
  ASSIGN_OR_RETURN(const token::SigningKey key, token::SigningKey::FromPemFile(flags.key));
  token::Json claims;
  token::SetText(claims, "iss", flags.platform);
  token::SetText(claims, "sub", flags.platform);
  token::SetText(claims, "aud", flags.audience);
  token::SetText(claims, "jti", token::RandomId());
  token::SetTime(claims, "iat", now);
  token::SetTime(claims, "exp", now + kAssertionLife);
  ASSIGN_OR_RETURN(const std::string assertion, token::SignJwt(claims, key));
  output << assertion << '\n';
  return absl::OkStatus();
}

absl::Status SignRequest(const SigningFlags& flags, absl::Time now, std::ostream& output) {
  ASSIGN_OR_RETURN(const std::string secret_file, token::ReadSmallFile(flags.secret));
  const std::string secret(absl::StripAsciiWhitespace(secret_file));
  std::string body;
  if (!flags.body.empty()) {
    ASSIGN_OR_RETURN(body, token::ReadSmallFile(flags.body, kLargestBody));
  }
  const token::HmacKind kind = flags.sm3 ? token::HmacKind::kSm3 : token::HmacKind::kSha256;
  const std::string digest = token::ContentDigestOf(kind, body);
  const std::string timestamp = absl::StrCat(absl::ToUnixSeconds(now));
  const std::string nonce = token::RandomId();
  const token::SignableRequest request{.verb = flags.verb,
                                       .target = flags.target,
                                       .content_digest = digest,
                                       .timestamp = timestamp,
                                       .nonce = nonce,
                                       .key_id = flags.key_id,
                                       .on_behalf_of = flags.on_behalf_of};
  if (flags.explain) {
    output << token::TextToSign(kind, request) << '\n';
    return absl::OkStatus();
  }
  const std::string signature = token::SignatureOf(kind, secret, request);
  output << "jiebang-key-id: " << flags.key_id << "\njiebang-timestamp: " << timestamp << "\njiebang-nonce: " << nonce
         << "\ncontent-digest: " << digest << '\n';
  if (!flags.on_behalf_of.empty()) output << "jiebang-on-behalf-of: " << flags.on_behalf_of << '\n';
  output << "jiebang-signature: " << absl::Base64Escape(signature) << '\n';
  return absl::OkStatus();
}

}  // namespace jiebang::ctl
