#include "services/gateway/identity/token_endpoint.h"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/token/jwt.h"
#include "common/token/openssl.h"
#include "common/token/random_id.h"
#include "google/protobuf/util/json_util.h"

namespace jiebang::gateway {
namespace {

constexpr std::size_t kLongestForm = 16 << 10;
constexpr std::size_t kLongestJti = 256;
constexpr absl::Duration kAssertionLife = absl::Minutes(5);
constexpr absl::Duration kAssertionSkew = absl::Seconds(30);
constexpr char kAssertionType[] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

using Form = std::map<std::string, std::string>;

TokenAnswer AnswerOf(int http_status, const token::Json& json) {
  TokenAnswer answer{.http_status = http_status};
  token::MustHold(google::protobuf::util::MessageToJsonString(json, &answer.body).ok(), "JSON of our own");
  return answer;
}

TokenAnswer Error(int http_status, const std::string& error, const std::string& description) {
  token::Json json;
  token::SetText(json, "error", error);
  token::SetText(json, "error_description", description);
  return AnswerOf(http_status, json);
}

// Of all that can be wrong with an assertion only what the platform's own clock and settings cause is told.
TokenAnswer InvalidClient(const std::string& description) { return Error(401, "invalid_client", description); }

// One name or value of application/x-www-form-urlencoded; nullopt for an escape that is none.
std::optional<std::string> FormDecoded(absl::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded.push_back(' ');
    } else if (text[i] != '%') {
      decoded.push_back(text[i]);
    } else {
      if (i + 2 >= text.size() || !absl::ascii_isxdigit(text[i + 1]) || !absl::ascii_isxdigit(text[i + 2])) {
        return std::nullopt;
      }
      decoded += absl::HexStringToBytes(text.substr(i + 1, 2));
      i += 2;
    }
  }
  return decoded;
}

// nullopt: it is no form, or has a parameter twice (RFC 6749, 3.2).
std::optional<Form> ParseForm(std::string_view text) {
  Form form;
  if (text.size() > kLongestForm) return std::nullopt;
  for (const absl::string_view field : absl::StrSplit(absl::string_view(text.data(), text.size()), '&')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(field, absl::MaxSplits('=', 1));
    const std::optional<std::string> name = FormDecoded(parts.first);
    const std::optional<std::string> value = FormDecoded(parts.second);
    if (!name || !value || !form.emplace(*name, *value).second) return std::nullopt;
  }
  return form;
}

// A platform, and the key with which it showed that it is that one.
struct Client {
  std::shared_ptr<const Platform> platform;
  std::string key_id;
  std::string jti;
};

std::variant<Client, TokenAnswer> ClientOf(const std::string& assertion, const Trust& trust, absl::Time now) {
  const TokenAnswer malformed = InvalidClient("The client assertion is no JWT as RFC 7523 wants it.");
  const std::optional<token::Jwt> jwt = token::ParseJwt(assertion);
  if (!jwt) return malformed;
  const std::optional<std::string> subject = token::TextIn(jwt->claims, "sub");
  const std::optional<std::string> issuer = token::TextIn(jwt->claims, "iss");
  const std::optional<std::string> jti = token::TextIn(jwt->claims, "jti");
  const std::optional<std::vector<std::string>> audience = token::TextsIn(jwt->claims, "aud");
  const std::optional<absl::Time> expires = token::TimeIn(jwt->claims, "exp", absl::UnixEpoch());
  const std::optional<absl::Time> issued = token::TimeIn(jwt->claims, "iat", absl::InfinitePast());
  const std::optional<absl::Time> begins = token::TimeIn(jwt->claims, "nbf", absl::InfinitePast());
  if (!subject || !issuer || !jti || !audience || !expires || !issued || !begins) return malformed;
  const std::shared_ptr<const Platform> platform = trust.registry->Find(*subject);
  const token::NamedKey* const key = platform == nullptr ? nullptr : platform->keys.SignerOf(*jwt);
  if (key == nullptr) return InvalidClient("The client assertion is not signed by a key registered for its subject.");
  if (*issuer != *subject) return InvalidClient("iss and sub of the client assertion must both be the platform's id.");
  if (!absl::c_linear_search(*audience, trust.own_issuer)) {
    return InvalidClient("aud of the client assertion must be " + trust.own_issuer + ".");
  }
  if (now >= *expires + kAssertionSkew) return InvalidClient("The client assertion has expired.");
  if (*expires > now + kAssertionLife + kAssertionSkew) {
    return InvalidClient("exp of the client assertion must be at most five minutes away.");
  }
  if (std::max(*issued, *begins) > now + kAssertionSkew) return InvalidClient("The client assertion is not valid yet.");
  if (jti->empty() || jti->size() > kLongestJti) {
    return InvalidClient("The client assertion needs a jti of at most 256 bytes.");
  }
  const Evidence evidence{.subject = *subject, .platform = *subject, .key_ids = {key->kid}, .issued_at = now};
  if (trust.registry->IsWithdrawn(evidence)) return InvalidClient("The platform or its key has been revoked.");
  return Client{platform, key->kid, *jti};
}

}  // namespace

TokenAnswer TokenEndpoint::Answer(std::string_view form_text, const Credentials& credentials, absl::Time now) {
  const std::shared_ptr<const Trust> trust = authenticator_.trust();
  if (!key_ || trust->own_issuer.empty()) {
    return Error(404, "invalid_request", "This gateway gives out no tokens; it has no --token-signing-key.");
  }
  std::optional<Form> form = ParseForm(form_text);
  if (!form) return Error(400, "invalid_request", "The body is no form, or has a parameter twice.");
  if (!credentials.authorization.empty()) {
    return InvalidClient("Clients prove themselves by client_assertion, not by the authorization header.");
  }
  if ((*form)["grant_type"].empty()) return Error(400, "invalid_request", "grant_type is missing.");
  if ((*form)["grant_type"] != "client_credentials") {
    return Error(400, "unsupported_grant_type", "grant_type must be client_credentials.");
  }
  if ((*form)["client_assertion_type"] != kAssertionType || (*form)["client_assertion"].empty()) {
    return Error(400, "invalid_request",
                 absl::StrCat("client_assertion is missing, or client_assertion_type is not ", kAssertionType, "."));
  }
  if (!(*form)["scope"].empty()) return Error(400, "invalid_scope", "There are no scopes here; leave scope out.");
  std::variant<Client, TokenAnswer> known = ClientOf((*form)["client_assertion"], *trust, now);
  if (std::holds_alternative<TokenAnswer>(known)) return std::get<TokenAnswer>(std::move(known));
  const Client& client = std::get<Client>(known);
  const std::string& id = client.platform->id();
  if (!(*form)["client_id"].empty() && (*form)["client_id"] != id) {
    return InvalidClient("client_id is not the subject of the client assertion.");
  }
  const absl::Status unused = assertions_.UseNow(id, client.jti, now);
  if (absl::IsUnavailable(unused))
    return Error(503, "temporarily_unavailable", "Too many assertions; try again later.");
  if (!unused.ok()) return InvalidClient("The client assertion was used before; sign a new one with a new jti.");

  token::Json claims;
  token::SetText(claims, "iss", trust->own_issuer);
  token::SetText(claims, "sub", id);
  token::SetText(claims, "aud", token::kAudience);
  token::SetTime(claims, "iat", now);
  token::SetTime(claims, "exp", now + kTokenLife);
  token::SetText(claims, "jti", token::RandomId());
  token::SetText(claims, "client_key", client.key_id);
  const absl::StatusOr<std::string> signed_token = token::SignJwt(claims, *key_);
  if (!signed_token.ok()) return Error(500, "server_error", "The token could not be signed.");
  token::Json json;
  token::SetText(json, "access_token", *signed_token);
  token::SetText(json, "token_type", "Bearer");
  (*json.mutable_fields())["expires_in"].set_number_value(absl::ToDoubleSeconds(kTokenLife));
  return AnswerOf(200, json);
}

}  // namespace jiebang::gateway
