// The two protocols that put a call into enveloped messages: what each writes differently.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_DIALECT_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_DIALECT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/gateway/http/codec.h"
#include "services/gateway/http/server/message.h"

namespace jiebang::gateway {

struct Dialect {
  bool is_grpc_web = false;
  Codec codec = Codec::kProto;

  // Of "application/connect+json" and the like; nullopt: none of them.
  static std::optional<Dialect> Of(std::string_view content_type);

  const char* content_type() const;
  const char* encoding_header() const { return is_grpc_web ? "grpc-encoding" : "connect-content-encoding"; }
  const char* accepts_header() const { return is_grpc_web ? "grpc-accept-encoding" : "connect-accept-encoding"; }
  const char* timeout_header() const { return is_grpc_web ? "grpc-timeout" : "connect-timeout-ms"; }
  std::optional<absl::Duration> ParseTimeout(std::string_view text) const;

  // The head of every answer: that of a failed call, too, is a 200.
  http::Response Head(bool compresses) const;

  // The envelope that ends a call with its outcome.
  std::string End(const absl::Status& outcome) const;
};

// The content types of them, for who sends another one.
inline constexpr char kEnvelopedTypes[] =
    "application/connect+json, application/connect+proto, application/grpc-web, application/grpc-web+proto";

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_DIALECT_H_
