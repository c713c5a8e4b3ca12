// What a GET of the Connect protocol says in its query.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_GET_REQUEST_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_GET_REQUEST_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/gateway/http/codec.h"

namespace jiebang::gateway {

struct GetRequest {
  Codec codec = Codec::kJson;
  std::string compression;  // empty: none
  std::string message;      // as encoded, out of its base64
};

// Of `connect=v1&encoding=json&message=%7B%7D`, with `base64=1` and `compression=gzip` where wanted. INVALID_ARGUMENT
// names the parameter; 415 for an encoding that is none.
absl::StatusOr<GetRequest> ParseGetRequest(std::string_view query);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_GET_REQUEST_H_
