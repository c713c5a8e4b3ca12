// The door of the suite: what is decided of every call before its message is read, whichever port it came to.
#ifndef JIEBANG_SERVICES_GATEWAY_DOOR_DOOR_H_
#define JIEBANG_SERVICES_GATEWAY_DOOR_DOOR_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "services/gateway/admission/admission.h"
#include "services/gateway/audit/refusal_sender.h"
#include "services/gateway/door/open_streams.h"
#include "services/gateway/identity/authenticator.h"
#include "services/gateway/identity/credentials.h"
#include "services/gateway/identity/trusted_proxies.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// A call as a port knows it before its message.
struct Arrival {
  const Route* route = nullptr;
  Credentials credentials;
  std::string trace_parent;                      // W3C traceparent as received; empty: none
  absl::Time deadline = absl::InfiniteFuture();  // the caller's
};

// A call that was let in. The port keeps it until the call is answered.
struct Admitted {
  std::shared_ptr<const Caller> caller;
  // By when the service is to answer: a little before the caller gives up, and never later than a minute for a call
  // that is no stream. Infinite for a stream whose caller set none.
  absl::Time deadline;
  Ticket ticket;
};

// Thread-safe.
class Door {
 public:
  // All outlive it. `proxies`: whom the ports believe about others.
  Door(Admission& admission, Authenticator& authenticator, RefusalSender& refusals, const TrustedProxies& proxies)
      : admission_(admission), authenticator_(authenticator), refusals_(refusals), proxies_(proxies) {}

  const TrustedProxies& proxies() const { return proxies_; }
  OpenStreams& streams() { return streams_; }

  // Who calls, if they may call the method at all and there is room. UNAUTHENTICATED or PERMISSION_DENIED, of which the
  // journal of the service that was called is told; what Admission says, which is only counted: a record for each of
  // them would make a storm larger.
  absl::StatusOr<Admitted> Admit(const Arrival& arrival);

  // The same for the port that takes signed requests, of which the memory of nonces may be elsewhere: UNAVAILABLE, too.
  Task<absl::StatusOr<Admitted>> AdmitSigned(Arrival arrival);

 private:
  // A place, before it is known for whom.
  absl::StatusOr<Admitted> Enter(const Arrival& arrival, absl::Time now);
  absl::StatusOr<Admitted> Judge(const Arrival& arrival, Admitted place,
                                 absl::StatusOr<std::shared_ptr<const Caller>> caller, absl::Time now);

  Admission& admission_;
  Authenticator& authenticator_;
  RefusalSender& refusals_;
  const TrustedProxies& proxies_;
  OpenStreams streams_{authenticator_};
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_DOOR_DOOR_H_
