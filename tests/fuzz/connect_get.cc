// Queries of the Connect protocol's GET, and the timeouts beside them.
#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "services/gateway/http/connect/get_request.h"
#include "services/gateway/http/timeout.h"
#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

namespace {

using namespace jiebang;  // NOLINT: a target's only file

// The query that says the same in the one way that needs no escapes.
std::string QueryOf(const gateway::GetRequest& request) {
  std::string query = request.codec == gateway::Codec::kJson ? "encoding=json" : "encoding=proto";
  query += "&base64=1&compression=";
  for (const char byte : request.compression) {
    query += "%" + absl::BytesToHexString(absl::string_view(&byte, 1));
  }
  return query + "&message=" + std::string(absl::WebSafeBase64Escape(request.message));
}

void CheckTimeout(const std::optional<absl::Duration>& timeout, absl::Duration longest) {
  fuzz::Must(!timeout || (*timeout >= absl::ZeroDuration() && *timeout <= longest), "a timeout is within its digits");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Parts input(data, size);
  const std::string_view timeout = input.Line();
  CheckTimeout(gateway::ParseConnectTimeout(timeout), absl::Milliseconds(9'999'999'999));
  CheckTimeout(gateway::ParseGrpcTimeout(timeout), absl::Hours(99'999'999));

  const auto request = gateway::ParseGetRequest(input.Rest());
  if (!request.ok()) {
    fuzz::Must(absl::IsInvalidArgument(request.status()), "a query is good or INVALID_ARGUMENT");
    return 0;
  }
  const auto again = gateway::ParseGetRequest(QueryOf(*request));
  fuzz::Must(again.ok() && again->codec == request->codec && again->compression == request->compression &&
                 again->message == request->message,
             "what is written in another way reads as the same request");
  return 0;
}
