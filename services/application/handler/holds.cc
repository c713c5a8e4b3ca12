#include "services/application/handler/holds.h"

#include <utility>

#include "services/application/domain/lifecycle.h"
#include "services/application/handler/change.h"

namespace jiebang::application {

Task<absl::StatusOr<v1::HoldApplicationResponse>> Holds::Hold(const rpc::Call& call,
                                                              const v1::HoldApplicationRequest& request) {
  ApplicationChange change{
      .name = request.name(), .event = "application.held", .details = {{"holder", request.holder()}}};
  change.is_done = [&request](const v1::Application& present) {
    return IsHeldBy(present, request.holder(), request.revision());
  };
  change.decide = [&call, &request](const v1::Application& present) {
    return application::Hold(present, request.revision(), request.holder(), call.now());
  };
  return Change<v1::HoldApplicationResponse>(repository_, call, std::move(change));
}

Task<absl::StatusOr<v1::ReleaseApplicationResponse>> Holds::Release(const rpc::Call& call,
                                                                    const v1::ReleaseApplicationRequest& request) {
  ApplicationChange change{
      .name = request.name(), .event = "application.released", .details = {{"holder", request.holder()}}};
  change.is_done = [&request](const v1::Application& present) { return !IsHeldBy(present, request.holder(), 0); };
  change.decide = [&call](const v1::Application& present) -> absl::StatusOr<v1::Application> {
    return application::Release(present, call.now());
  };
  return Change<v1::ReleaseApplicationResponse>(repository_, call, std::move(change));
}

void Holds::Register(rpc::ServiceMethods& methods) {
  methods.Add("HoldApplication", this, &Holds::Hold);
  methods.Add("ReleaseApplication", this, &Holds::Release);
}

}  // namespace jiebang::application
