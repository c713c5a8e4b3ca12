#include "services/application/handler/holds.h"

#include <utility>

#include "services/application/domain/lifecycle.h"
#include "services/application/handler/change.h"

namespace jiebang::application {

Task<absl::StatusOr<v1::HoldApplicationResponse>> Holds::Hold(const rpc::Call& call,
                                                              const v1::HoldApplicationRequest& request) {
  const HoldStep step{.holder = request.holder(), .number = request.step()};
  ApplicationChange change{.name = request.name(), .event = "application.held", .details = {{"holder", step.holder}}};
  change.is_done = [&](const v1::Application& present) { return HasHeld(present, request.revision(), step); };
  change.decide = [&](const v1::Application& present) {
    return application::Hold(present, request.revision(), step, call.now());
  };
  co_return co_await Change<v1::HoldApplicationResponse>(repository_, call, std::move(change));
}

Task<absl::StatusOr<v1::ReleaseApplicationResponse>> Holds::Release(const rpc::Call& call,
                                                                    const v1::ReleaseApplicationRequest& request) {
  const HoldStep step{.holder = request.holder(), .number = request.step()};
  ApplicationChange change{
      .name = request.name(), .event = "application.released", .details = {{"holder", step.holder}}};
  change.is_done = [&](const v1::Application& present) { return HasReleased(present, step); };
  change.decide = [&](const v1::Application& present) { return application::Release(present, step, call.now()); };
  co_return co_await Change<v1::ReleaseApplicationResponse>(repository_, call, std::move(change));
}

void Holds::Register(rpc::ServiceMethods& methods) {
  methods.Add("HoldApplication", this, &Holds::Hold);
  methods.Add("ReleaseApplication", this, &Holds::Release);
}

}  // namespace jiebang::application
