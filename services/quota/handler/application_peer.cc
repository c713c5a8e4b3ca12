#include "services/quota/handler/application_peer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "jiebang/application/v1/application_service.pb.h"

namespace jiebang::quota {
namespace {

using application::v1::Application;

constexpr absl::Duration kLongestByItself = absl::Seconds(5);

std::string Method(const std::string& name) {
  return absl::StrCat("/jiebang.application.v1.ApplicationService/", name);
}

}  // namespace

template <class Response>
Task<absl::StatusOr<Response>> RpcApplicationPeer::Ask(const rpc::Call* call, std::string method,
                                                       const google::protobuf::Message& request) {
  if (call != nullptr) co_return co_await client_.Ask<Response>(*call, std::move(method), request);
  co_return co_await client_.AskByItself<Response>(kLongestByItself, std::move(method), request);
}

Task<absl::StatusOr<Application>> RpcApplicationPeer::Get(const rpc::Call& call, std::string application) {
  application::v1::GetApplicationRequest request;
  request.set_name(std::move(application));
  CO_ASSIGN_OR_RETURN(
      auto response, (co_await Ask<application::v1::GetApplicationResponse>(&call, Method("GetApplication"), request)));
  co_return std::move(*response.mutable_application());
}

Task<absl::Status> RpcApplicationPeer::Take(const rpc::Call* call, const v1::Intention& step) {
  if (step.kind() == v1::Intention::KIND_HOLD) {
    application::v1::HoldApplicationRequest request;
    request.set_name(step.application());
    request.set_revision(step.revision());
    request.set_holder(step.recommendation_list());
    request.set_step(step.number());
    const auto held = co_await Ask<application::v1::HoldApplicationResponse>(call, Method("HoldApplication"), request);
    co_return held.status();
  }
  application::v1::ReleaseApplicationRequest request;
  request.set_name(step.application());
  request.set_holder(step.recommendation_list());
  request.set_step(step.number());
  const auto released =
      co_await Ask<application::v1::ReleaseApplicationResponse>(call, Method("ReleaseApplication"), request);
  co_return released.status();
}

}  // namespace jiebang::quota
