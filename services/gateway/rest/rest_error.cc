#include "services/gateway/rest/rest_error.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/errors/error_details.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "services/gateway/json/json.h"
#include "services/gateway/rest/rest_routes.h"

namespace jiebang::gateway {
namespace {

// As google/rpc/code.proto maps them.
int HttpStatusOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return 409;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    default:
      return 500;
  }
}

// In whole seconds, and rather later than too early.
std::int64_t SecondsOf(const google::protobuf::Duration& delay) {
  return delay.seconds() + (delay.nanos() > 0 ? 1 : 0);
}

}  // namespace

RestError RestError::Of(const absl::Status& status, int http_status) {
  RestError error{.http_status = http_status == 0 ? HttpStatusOf(status.code()) : http_status};
  // What cannot be written as JSON is left out: an error must not fail.
  std::string details = "[]";
  if (const std::optional<google::rpc::Status> refusal = DetailsOf(status)) {
    if (const auto info = DetailOf<google::rpc::ErrorInfo>(*refusal); info && info->reason() == kMethodNotAllowed) {
      error.allow = info->metadata().at(kAllow);
      error.http_status = 405;
    }
    if (const auto retry = DetailOf<google::rpc::RetryInfo>(*refusal)) {
      error.retry_after = absl::StrCat(SecondsOf(retry->retry_delay()));
    }
    details.clear();
    for (const google::protobuf::Any& detail : refusal->details()) {
      const absl::StatusOr<std::string> json = ToJson(detail);
      if (json.ok()) absl::StrAppend(&details, details.empty() ? "" : ",", *json);
    }
    details = absl::StrCat("[", details, "]");
  }
  const std::string& name = google::rpc::Code_Name(static_cast<google::rpc::Code>(status.code()));
  error.body = absl::StrCat(R"({"error":{"code":)", error.http_status, R"(,"message":)",
                            JsonString({status.message().data(), status.message().size()}), R"(,"status":)",
                            JsonString(name.empty() ? "UNKNOWN" : name), R"(,"details":)", details, "}}");
  return error;
}

std::string ResultLine(const std::string& json) { return absl::StrCat(R"({"result":)", json, "}\n"); }

}  // namespace jiebang::gateway
