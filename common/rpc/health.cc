#include "common/rpc/health.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/loop.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/status_conversion.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/support/async_unary_call.h"

namespace jiebang::rpc {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

}  // namespace

HealthService::HealthService(std::set<std::string> services) : services_(std::move(services)) {
  AddMethod(new grpc::internal::RpcServiceMethod("/grpc.health.v1.Health/Check", grpc::internal::RpcMethod::NORMAL_RPC,
                                                 nullptr));
  MarkMethodAsync(0);
}

Task<void> HealthService::Answer(grpc::ServerCompletionQueue& queue) {
  while (true) {
    grpc::ServerContext context;
    grpc::ByteBuffer bytes;
    grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> responder(&context);
    Operation accepted;
    RequestAsyncUnary(0, &context, &bytes, &responder, &queue, &queue, &accepted);
    if (!co_await accepted) co_return;
    Operation answered;
    HealthCheckRequest request;
    if (!Decode(bytes, request)) {
      responder.FinishWithError(ToGrpc(absl::InvalidArgumentError("the bytes are no HealthCheckRequest")), &answered);
    } else if (!request.service().empty() && !services_.contains(request.service())) {
      responder.FinishWithError(ToGrpc(absl::NotFoundError(absl::StrCat("no service ", request.service()))), &answered);
    } else {
      HealthCheckResponse response;
      response.set_status(serving_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING);
      responder.Finish(Encode(response), grpc::Status::OK, &answered);
    }
    co_await answered;
  }
}

}  // namespace jiebang::rpc
