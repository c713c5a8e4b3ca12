#include "services/gateway/http/connect/error.h"

#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/errors/error_details.h"
#include "common/rpc/status_conversion.h"
#include "services/gateway/http/http_status.h"
#include "services/gateway/http/retry_after.h"
#include "services/gateway/json/json.h"

namespace jiebang::gateway {
namespace {

const char* NameOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kCancelled:
      return "canceled";
    case absl::StatusCode::kInvalidArgument:
      return "invalid_argument";
    case absl::StatusCode::kDeadlineExceeded:
      return "deadline_exceeded";
    case absl::StatusCode::kNotFound:
      return "not_found";
    case absl::StatusCode::kAlreadyExists:
      return "already_exists";
    case absl::StatusCode::kPermissionDenied:
      return "permission_denied";
    case absl::StatusCode::kResourceExhausted:
      return "resource_exhausted";
    case absl::StatusCode::kFailedPrecondition:
      return "failed_precondition";
    case absl::StatusCode::kAborted:
      return "aborted";
    case absl::StatusCode::kOutOfRange:
      return "out_of_range";
    case absl::StatusCode::kUnimplemented:
      return "unimplemented";
    case absl::StatusCode::kInternal:
      return "internal";
    case absl::StatusCode::kUnavailable:
      return "unavailable";
    case absl::StatusCode::kDataLoss:
      return "data_loss";
    case absl::StatusCode::kUnauthenticated:
      return "unauthenticated";
    default:
      return "unknown";
  }
}

// The details that every error of the suite has.
google::rpc::Status DetailsOfAny(const absl::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(rpc::ToGrpc(status).error_details());
  return details;
}

// {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":...} without the type, which is said beside it; empty:
// not printable here.
std::string DebugJson(const google::protobuf::Any& detail) {
  absl::StatusOr<std::string> json = ToJson(detail);
  if (!json.ok()) return "";
  const std::string type = absl::StrCat(R"("@type":)", JsonString(detail.type_url()));
  const std::size_t begin = json->find(type);
  if (begin == std::string::npos) return "";
  std::size_t end = begin + type.size();
  if (end < json->size() && (*json)[end] == ',') ++end;
  json->erase(begin, end - begin);
  return *std::move(json);
}

std::string DetailJson(const google::protobuf::Any& detail) {
  const std::string type = detail.type_url().substr(detail.type_url().rfind('/') + 1);
  std::string value = absl::Base64Escape(detail.value());
  value.resize(value.find_last_not_of('=') + 1);
  std::string json = absl::StrCat(R"({"type":)", JsonString(type), R"(,"value":")", value, R"(")");
  const std::string debug = DebugJson(detail);
  if (!debug.empty()) absl::StrAppend(&json, R"(,"debug":)", debug);
  return json + "}";
}

std::string ErrorJson(const absl::Status& status, const google::rpc::Status& details) {
  std::string json = absl::StrCat(R"({"code":")", NameOf(status.code()), R"(","message":)",
                                  JsonString({status.message().data(), status.message().size()}));
  if (details.details_size() > 0) {
    absl::StrAppend(&json, R"(,"details":[)",
                    absl::StrJoin(details.details(), ",",
                                  [](std::string* out, const auto& detail) { out->append(DetailJson(detail)); }),
                    "]");
  }
  return json + "}";
}

}  // namespace

std::string ConnectErrorJson(const absl::Status& status) { return ErrorJson(status, DetailsOfAny(status)); }

http::Response ConnectError(const absl::Status& status) {
  const google::rpc::Status details = DetailsOfAny(status);
  http::Response response{.status = HttpStatusOf(status),
                          .content_type = "application/json",
                          .body = ErrorJson(status, details),
                          .headers = {{"Cache-Control", "no-store"}}};
  AddRetryAfter(details, response);
  return response;
}

}  // namespace jiebang::gateway
