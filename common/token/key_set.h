// The keys of somebody who signs tokens, and the file in which they are published: a JSON Web Key Set (RFC 7517).
#ifndef JIEBANG_COMMON_TOKEN_KEY_SET_H_
#define JIEBANG_COMMON_TOKEN_KEY_SET_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/token/jwt.h"
#include "common/token/keys.h"

namespace jiebang::token {

struct NamedKey {
  std::string kid;  // as its owner calls it; empty: it has no name, and tokens that name one are not its
  VerifyingKey key;
};

// Immutable, thread-safe.
class KeySet {
 public:
  KeySet() = default;
  explicit KeySet(std::vector<NamedKey> keys) : keys_(std::move(keys)) {}

  // The key that signed the token; nullptr when none did. A token that names no key may be any's of its algorithm. What
  // the algorithm of a key is, the key says and not the token: "none", or HS256 keyed with our public key, are the
  // known attacks.
  const NamedKey* SignerOf(const Jwt& jwt) const;

  bool empty() const { return keys_.empty(); }

 private:
  std::vector<NamedKey> keys_;
};

struct PublishedKeys {
  KeySet keys;
  std::vector<std::string> notes;  // on keys that were left out, for the operator
};

// From the text of a JWKS: its Ed25519 (OKP) and RSA keys for signatures. Left out, with a note: keys for encryption,
// of other types, curves or algorithms, and RSA keys of less than 2048 bits. INVALID_ARGUMENT: no JWKS, a key without
// what its type needs, one with its private part, more than 64 keys, or none that can be used.
absl::StatusOr<PublishedKeys> ParseKeySet(const std::string& json);

// One such key (RFC 7517, 4). INVALID_ARGUMENT.
absl::StatusOr<NamedKey> ParseKey(const std::string& json);

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_KEY_SET_H_
