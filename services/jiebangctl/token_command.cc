#include "services/jiebangctl/token_command.h"

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/token/bearer_token.h"
#include "common/token/keys.h"
#include "common/token/random_id.h"
#include "google/protobuf/util/json_util.h"
#include "jiebang/identity/v1/principal.pb.h"

namespace jiebang::ctl {
namespace {

using identity::v1::Claims;

absl::StatusOr<std::string> MakeToken(Claims claims, const TokenFlags& flags, const token::SigningKey& key,
                                      absl::Time now) {
  claims.set_iss(flags.issuer);
  claims.set_aud(token::kAudience);
  claims.set_iat(absl::ToUnixSeconds(now));
  claims.set_exp(absl::ToUnixSeconds(now + absl::Hours(flags.hours)));
  if (claims.sub().empty()) return absl::InvalidArgumentError("a token needs a subject");
  ASSIGN_OR_RETURN(std::string token, token::SignBearer(claims, key, token::RandomId()));
  // The gateway's own check, so that a useless token is not handed out.
  RETURN_IF_ERROR(token::BearerVerifier({key.verifying_key()}, flags.issuer).Verify(token, now).status());
  return token;
}

Claims ClaimsOf(const TokenFlags& flags) {
  Claims claims;
  claims.set_sub(flags.subject);
  for (const std::string& role : flags.roles) claims.add_roles(role);
  claims.set_uscc(flags.uscc);
  claims.set_unit(flags.unit);
  claims.set_expert(flags.expert);
  return claims;
}

}  // namespace

absl::Status MakeTokens(const TokenFlags& flags, absl::Time now, std::istream& input, std::ostream& output) {
  ASSIGN_OR_RETURN(const token::SigningKey key, token::SigningKey::FromPemFile(flags.key));
  if (!flags.batch) {
    ASSIGN_OR_RETURN(const std::string token, MakeToken(ClaimsOf(flags), flags, key, now));
    output << token << '\n';
    return absl::OkStatus();
  }
  std::string line;
  for (int number = 1; std::getline(input, line); ++number) {
    Claims claims;
    const auto parsed = google::protobuf::util::JsonStringToMessage(line, &claims);
    const absl::StatusOr<std::string> token =
        parsed.ok() ? MakeToken(claims, flags, key, now) : absl::InvalidArgumentError(parsed.ToString());
    if (!token.ok()) return absl::InvalidArgumentError(absl::StrCat("line ", number, ": ", token.status().message()));
    output << *token << '\n';
  }
  return absl::OkStatus();
}

}  // namespace jiebang::ctl
