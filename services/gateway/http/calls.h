// One unary call from an HTTP request to the service and back, whatever surface the request came by.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_CALLS_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_CALLS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/gateway/door/backend_call.h"
#include "services/gateway/door/door.h"
#include "services/gateway/http/server/exchange.h"

namespace jiebang::gateway {

// A request whose caller was admitted, and its body, decompressed.
struct AdmittedRequest {
  Admitted admitted;
  std::string body;
};

// What the door says of a request's caller. `deadline`: the caller's; `body`: of a signed request, as sent.
Task<absl::StatusOr<Admitted>> Admit(Door& door, const http::Request& request, const Route& route, absl::Time deadline,
                                     std::string body);

// Admits the caller, then reads the body: who may not call costs no memory. Where a signature covers the body it is
// read first. `content_encoding`: gzip, identity or nothing. The door's refusals, UnknownEncoding, UnreadableBody,
// BodyTooLong and NotDecompressible.
Task<absl::StatusOr<AdmittedRequest>> AdmitAndRead(Door& door, http::Exchange& exchange, const Route& route,
                                                   absl::Time deadline, std::string_view content_encoding,
                                                   std::size_t max_bytes);

// A message or body as its content encoding says: gzip, identity or nothing. UnknownEncoding, BodyTooLong,
// NotDecompressible.
absl::StatusOr<std::string> Decoded(std::string_view encoding, std::string bytes, std::size_t max_bytes);

// What goes with the exchange's call to its service. All outlive the call.
BackendCall BackendCallOf(http::Exchange& exchange, const Route& route, Admitted& admitted);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_CALLS_H_
