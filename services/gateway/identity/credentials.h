// What a caller brought to say who it is, as either port read it.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_CREDENTIALS_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_CREDENTIALS_H_

#include <optional>
#include <string>

namespace jiebang::gateway {

// A request that was signed as a whole, because its sender can show no client certificate. The HTTP port alone has
// these: a signature covers the bytes as they were sent.
struct SignedRequest {
  // The headers jiebang-key-id, jiebang-timestamp, jiebang-nonce, content-digest and jiebang-signature (base64), as
  // sent.
  std::string key_id;
  std::string timestamp;
  std::string nonce;
  std::string content_digest;
  std::string signature;
  // What they cover.
  std::string verb;    // "POST"
  std::string target;  // path and query as sent: "/v1/units?page_size=5"
  std::string body;    // as sent, before it is decompressed
};

// For whom a platform acts; of both ports.
inline constexpr char kOnBehalfOfHeader[] = "jiebang-on-behalf-of";

struct Credentials {
  std::string authorization;       // the header's value, e.g. "Bearer <token>"; empty: none
  std::string address;             // from where the call comes, without a port
  std::string client_certificate;  // PEM of one that was verified here or by a trusted proxy; empty: none
  std::string on_behalf_of;        // for whom a platform acts, "applicants/{uscc}"; empty: for itself
  std::optional<SignedRequest> signed_request;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_CREDENTIALS_H_
