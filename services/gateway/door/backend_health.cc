#include "services/gateway/door/backend_health.h"

#include <deque>
#include <memory>

#include "absl/time/clock.h"
#include "common/rpc/loop.h"
#include "common/rpc/message_bytes.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "health/v1/health.pb.h"

namespace jiebang::gateway {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr absl::Duration kHealthPatience = absl::Seconds(1);

// One service, asked whether it serves.
class HealthQuestion {
 public:
  HealthQuestion(const Backend& backend, grpc::CompletionQueue& queue) {
    HealthCheckRequest request;
    request.set_service(backend.service);
    context_.set_deadline(absl::ToChronoTime(absl::Now() + kHealthPatience));
    grpc::GenericStub stub(backend.channel);
    call_ = stub.PrepareUnaryCall(&context_, kHealthCheck, rpc::Encode(request), &queue);
    call_->StartCall();
    call_->Finish(&bytes_, &status_, &answered_);
  }

  Task<bool> IsServing() {
    co_await answered_;
    HealthCheckResponse response;
    co_return status_.ok() && rpc::Decode(bytes_, response) && response.status() == HealthCheckResponse::SERVING;
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> call_;
  grpc::ByteBuffer bytes_;
  grpc::Status status_;
  rpc::Operation answered_;
};

}  // namespace

Task<Health> HealthOf(const std::vector<Backend>& backends, std::string_view service) {
  rpc::Loop& loop = static_cast<rpc::Loop&>(co_await Home());
  std::deque<HealthQuestion> questions;
  for (const Backend& backend : backends) {
    if (service.empty() || service == backend.service) questions.emplace_back(backend, loop.queue());
  }
  if (questions.empty() && !service.empty()) co_return Health::kUnknownService;
  Health health = Health::kServing;
  for (HealthQuestion& question : questions) {
    const bool serves = co_await question.IsServing();
    if (!serves) health = Health::kNotServing;
  }
  co_return health;
}

}  // namespace jiebang::gateway
