#include "common/rehearsal/rehearsal_service.h"

#include "common/status/status_macros.h"

namespace jiebang {

namespace pb = rehearsal::v1;

rpc::ServiceMethods RehearsalService::Methods() {
  rpc::ServiceMethods methods("jiebang.rehearsal.v1.RehearsalService");
  methods.Add("GetClock", this, &RehearsalService::GetClock);
  methods.Add("AdvanceClock", this, &RehearsalService::AdvanceClock);
  return methods;
}

Task<absl::StatusOr<pb::GetClockResponse>> RehearsalService::GetClock(const rpc::Call& call,
                                                                      const pb::GetClockRequest& /*request*/) {
  pb::GetClockResponse response;
  response.mutable_now()->set_seconds(absl::ToUnixSeconds(call.now()));
  co_return response;
}

Task<absl::StatusOr<pb::AdvanceClockResponse>> RehearsalService::AdvanceClock(const rpc::Call& /*call*/,
                                                                              const pb::AdvanceClockRequest& request) {
  CO_RETURN_IF_ERROR(
      clock_.AdvanceTo(absl::FromUnixSeconds(request.to().seconds()) + absl::Nanoseconds(request.to().nanos())));
  pb::AdvanceClockResponse response;
  response.mutable_now()->set_seconds(absl::ToUnixSeconds(clock_.Now()));
  co_return response;
}

}  // namespace jiebang
