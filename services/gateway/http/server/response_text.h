// An answer as it goes over the wire.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_RESPONSE_TEXT_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_RESPONSE_TEXT_H_

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "services/gateway/http/server/message.h"

namespace jiebang::http {

// How the client learns where the body ends.
enum class Framing {
  kLength,   // Content-Length
  kChunked,  // chunks
  kClose,    // the connection's end, for clients of HTTP/1.0
};

// The status line and all headers, with the empty line.
std::string HeadText(const Response& response, Framing framing, bool keep_alive, absl::Time now);

// The piece as a chunk; `last`: with the empty one that ends a body.
std::string ChunkText(std::string_view piece, bool last);

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_RESPONSE_TEXT_H_
