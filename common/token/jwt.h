// JSON Web Tokens as they are written: the compact form of RFC 7515 around claims of RFC 7519. Nothing here says
// whether one is to be believed.
#ifndef JIEBANG_COMMON_TOKEN_JWT_H_
#define JIEBANG_COMMON_TOKEN_JWT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/token/keys.h"
#include "google/protobuf/struct.pb.h"

namespace jiebang::token {

using Json = google::protobuf::Struct;

// A token taken apart. Of its header nothing else is ever looked at: not the keys that it may bring (jwk, jku, x5c,
// x5u).
struct Jwt {
  std::string algorithm;  // as the token claims; empty: it says none
  std::string kid;        // which key it claims; empty: none
  Json claims;            // as it claims them
  std::string signature;
  std::string_view signed_text;  // within the token that was parsed
};

// nullopt for what is no token of at most 8 KiB in its one spelling, whose header and claims are JSON objects in which
// no member comes twice, or which marks an extension as critical (RFC 7515, 4.1.11: we understand none).
std::optional<Jwt> ParseJwt(std::string_view token);

// nullopt for anything but an object; a member that comes twice, at any depth, makes it none.
std::optional<Json> ParseJson(const std::string& text);

// A token with these claims, by an Ed25519 (EdDSA) or RSA (RS256) key. INVALID_ARGUMENT when they are no UTF-8.
absl::StatusOr<std::string> SignJwt(const Json& claims, const SigningKey& key);

// EdDSA or RS256; "" for a kind that signs no tokens.
std::string_view AlgorithmOf(KeyKind kind);

// --- members. nullopt: it is there, and of another type. What is null is not there.
std::optional<std::string> TextIn(const Json& object, const std::string& member);                // "": not there
std::optional<std::vector<std::string>> TextsIn(const Json& object, const std::string& member);  // a string, or many
// A NumericDate of RFC 7519; `absent` when it is not there.
std::optional<absl::Time> TimeIn(const Json& object, const std::string& member, absl::Time absent);

void SetText(Json& object, const std::string& member, const std::string& text);  // "" is left out
void SetTime(Json& object, const std::string& member, absl::Time time);          // whole seconds

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_JWT_H_
