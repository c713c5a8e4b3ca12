// The step that spans quota and application: a hold is taken or given back there, and the outcome is recorded here.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_SETTLEMENT_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_SETTLEMENT_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/rpc/call.h"
#include "jiebang/quota/v1/intention.pb.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/quota/handler/application_peer.h"
#include "services/quota/repository/list_repository.h"

namespace jiebang::quota {

// Told when a call has come to a point between two commits, for tests that kill the process there:
// "recommend.intended", "recommend.held", "remove.intended", "remove.released".
using Reached = std::function<void(std::string_view point)>;

// The answers of the two calls that a step may belong to, from the list as the step left it.
v1::RecommendApplicationResponse RecommendAnswer(const v1::Intention& step, const v1::RecommendationList& list);
v1::RemoveRecommendationResponse RemoveAnswer(const v1::RecommendationList& list);

// Drives open steps to their end. Several may drive the same one at once, in one process or in several: the end is
// recorded once, and a question that arrives at `application` after a later step is refused there.
class Settlement {
 public:
  Settlement(ListRepository& lists, ApplicationPeer& application, const Clock& clock, Reached reached)
      : lists_(lists), application_(application), clock_(clock), reached_(std::move(reached)) {}

  struct Settled {
    absl::Status outcome;  // of the step: OK, or why `application` refused the hold
    v1::RecommendationList list;
  };

  // Ends the step. UNAVAILABLE STEP_UNSETTLED: its outcome is not known yet, and it stays open.
  // `call`: on whose behalf; nullptr: the service by itself.
  Task<absl::StatusOr<Settled>> Settle(v1::Intention step, const rpc::Call* call);

  void Reach(std::string_view point) const {
    if (reached_) reached_(point);
  }

 private:
  // Writes down how the step ended. nullopt: somebody else did.
  Task<absl::StatusOr<std::optional<v1::RecommendationList>>> Record(v1::Intention step, absl::Status answer,
                                                                     const rpc::Call* call);

  store::Event Happened(const rpc::Call* call, std::string type, const v1::Intention& step,
                        std::map<std::string, std::string> details = {}) const;

  ListRepository& lists_;
  ApplicationPeer& application_;
  const Clock& clock_;
  const Reached reached_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_SETTLEMENT_H_
