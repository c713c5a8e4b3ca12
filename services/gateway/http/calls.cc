#include "services/gateway/http/calls.h"

#include <utility>

#include "common/rpc/metadata.h"
#include "common/status/status_macros.h"
#include "services/gateway/http/arrival.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/refusals.h"

namespace jiebang::gateway {
namespace {

bool IsIdentity(std::string_view encoding) { return encoding.empty() || encoding == kIdentity; }

}  // namespace

absl::StatusOr<std::string> Decoded(std::string_view encoding, std::string bytes, std::size_t max_bytes) {
  if (IsIdentity(encoding)) return bytes;
  if (encoding != kGzip) return UnknownEncoding(encoding, kGzip);
  absl::StatusOr<std::string> plain = Decompress(bytes, max_bytes);
  if (absl::IsOutOfRange(plain.status())) return BodyTooLong(max_bytes);
  if (!plain.ok()) return NotDecompressible();
  return plain;
}

Task<absl::StatusOr<Admitted>> Admit(Door& door, const http::Request& request, const Route& route, absl::Time deadline,
                                     std::string body) {
  Arrival arrival = ArrivalOf(request, route, door.proxies(), deadline, std::move(body));
  if (!arrival.credentials.signed_request) co_return door.Admit(arrival);
  co_return co_await door.AdmitSigned(std::move(arrival));
}

Task<absl::StatusOr<AdmittedRequest>> AdmitAndRead(Door& door, http::Exchange& exchange, const Route& route,
                                                   absl::Time deadline, std::string_view content_encoding,
                                                   std::size_t max_bytes) {
  if (!IsIdentity(content_encoding) && content_encoding != kGzip) co_return UnknownEncoding(content_encoding, kGzip);
  const bool is_signed = IsSigned(exchange.request());
  std::string raw;
  if (is_signed) {
    absl::StatusOr<std::string> read = co_await exchange.ReadBody(max_bytes);
    if (!read.ok()) co_return UnreadableBody(read.status(), max_bytes);
    raw = *std::move(read);
  }
  CO_ASSIGN_OR_RETURN(Admitted admitted, co_await Admit(door, exchange.request(), route, deadline, raw));
  if (!is_signed) {
    absl::StatusOr<std::string> read = co_await exchange.ReadBody(max_bytes);
    if (!read.ok()) co_return UnreadableBody(read.status(), max_bytes);
    raw = *std::move(read);
  }
  CO_ASSIGN_OR_RETURN(std::string body, Decoded(content_encoding, std::move(raw), max_bytes));
  co_return AdmittedRequest{std::move(admitted), std::move(body)};
}

BackendCall BackendCallOf(http::Exchange& exchange, const Route& route, Admitted& admitted) {
  return {.route = &route,
          .admitted = &admitted,
          .trace_parent = std::string(exchange.request().Value(rpc::kTraceParentMetadata)),
          .cancellation = &exchange.cancellation()};
}

}  // namespace jiebang::gateway
