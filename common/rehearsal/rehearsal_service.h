// The RehearsalService: moves the clock of a process that was started for rehearsal.
#ifndef JIEBANG_COMMON_REHEARSAL_REHEARSAL_SERVICE_H_
#define JIEBANG_COMMON_REHEARSAL_REHEARSAL_SERVICE_H_

#include "common/clock/clock.h"
#include "common/rpc/service_methods.h"
#include "jiebang/rehearsal/v1/rehearsal_service.pb.h"

namespace jiebang {

class RehearsalService {
 public:
  // `clock` outlives it.
  explicit RehearsalService(RehearsalClock& clock) : clock_(clock) {}

  rpc::ServiceMethods Methods();

 private:
  Task<absl::StatusOr<rehearsal::v1::GetClockResponse>> GetClock(const rpc::Call& call,
                                                                 const rehearsal::v1::GetClockRequest& request);
  Task<absl::StatusOr<rehearsal::v1::AdvanceClockResponse>> AdvanceClock(
      const rpc::Call& call, const rehearsal::v1::AdvanceClockRequest& request);

  RehearsalClock& clock_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_REHEARSAL_REHEARSAL_SERVICE_H_
