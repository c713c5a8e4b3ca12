// Requests that are signed as a whole with a shared secret (docs/identity.md): what is signed, and how. Integrators
// write this down a second time in their own language, hence the test vectors.
#ifndef JIEBANG_COMMON_TOKEN_REQUEST_SIGNATURE_H_
#define JIEBANG_COMMON_TOKEN_REQUEST_SIGNATURE_H_

#include <string>
#include <string_view>

namespace jiebang::token {

enum class HmacKind { kSha256, kSm3 };

// What a signature covers. Header values as they are sent.
struct SignableRequest {
  std::string_view verb;            // "POST"
  std::string_view target;          // path and query as sent: "/v1/units?page_size=5"
  std::string_view content_digest;  // header content-digest
  std::string_view timestamp;       // header jiebang-timestamp: seconds since 1970-01-01 UTC
  std::string_view nonce;           // header jiebang-nonce
  std::string_view key_id;          // header jiebang-key-id
  std::string_view on_behalf_of;    // header jiebang-on-behalf-of; empty: none
};

// Nine lines, each but the last one ended by a line feed: the version ("JIEBANG1-HMAC-SHA256", "JIEBANG1-HMAC-SM3"),
// the verb, the path, the query with its parameters sorted by name (those of one name stay in their order), the content
// digest, the timestamp, the nonce, the key id, and for whom it acts. Nothing is decoded or encoded. Two requests have
// the same text only when none of their parts has a line feed, which no part of an HTTP request can have.
std::string TextToSign(HmacKind kind, const SignableRequest& request);

// 32 bytes; the header jiebang-signature has them in base64 (RFC 4648, 4).
std::string SignatureOf(HmacKind kind, std::string_view secret, const SignableRequest& request);

// The header content-digest of RFC 9530 for these bytes: `sha-256=:X48E9q...=:`, or `sm3=:...:`, which is ours.
std::string ContentDigestOf(HmacKind kind, std::string_view body);

// Whether a content-digest as sent fits the bytes: it has at least one of sha-256 and sm3, and each that it has is
// right. Digests by other algorithms are not looked at.
bool DigestFits(std::string_view content_digest, std::string_view body);

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_REQUEST_SIGNATURE_H_
