#include "common/rpc/status_conversion.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/types/optional.h"
#include "common/errors/error.h"

namespace jiebang::rpc {
namespace {

// What is unavailable is a process that restarts or a store that fails over.
constexpr absl::Duration kRetryAfter = absl::Seconds(1);

struct Fault {
  const char* reason;
  const char* zh;
};

Fault FaultOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kCancelled:
      return {"CALL_CANCELLED", "调用已取消"};
    case absl::StatusCode::kDeadlineExceeded:
      return {"DEADLINE_EXCEEDED", "处理超时，结果未知；请用同一 request_id 重试"};
    case absl::StatusCode::kUnavailable:
      return {"SERVICE_UNAVAILABLE", "服务暂不可用；请用同一 request_id 重试"};
    case absl::StatusCode::kUnimplemented:
      return {"METHOD_UNKNOWN", "没有这个方法"};
    case absl::StatusCode::kNotFound:
      return {"NOT_FOUND", "没有找到"};
    case absl::StatusCode::kAborted:
      return {"CONCURRENT_CHANGE", "数据同时被修改；请重新读取后重试"};
    case absl::StatusCode::kInvalidArgument:
      return {"INVALID_ARGUMENT", "请求无效"};
    case absl::StatusCode::kResourceExhausted:
      return {"RESOURCE_EXHAUSTED", "超出限额"};
    default:
      return {"INTERNAL", "内部错误"};
  }
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  absl::optional<absl::Cord> details = status.GetPayload(kDetailsUrl);
  if (!details) {
    const Fault fault = FaultOf(status.code());
    Refusal refusal{.code = status.code(), .reason = fault.reason, .en = std::string(status.message()), .zh = fault.zh};
    if (absl::IsUnavailable(status)) refusal.retry_after = kRetryAfter;
    details = refusal.ToStatus().GetPayload(kDetailsUrl);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      std::string(*details));
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status converted(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  if (!status.error_details().empty()) converted.SetPayload(kDetailsUrl, absl::Cord(status.error_details()));
  return converted;
}

}  // namespace jiebang::rpc
