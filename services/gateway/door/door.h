// The door of the suite: what is decided of every call before its message is read, whichever port it came to.
#ifndef JIEBANG_SERVICES_GATEWAY_DOOR_DOOR_H_
#define JIEBANG_SERVICES_GATEWAY_DOOR_DOOR_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "services/gateway/audit/refusal_sender.h"
#include "services/gateway/identity/authenticator.h"
#include "services/gateway/identity/credentials.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// A call as a port knows it before its message.
struct Arrival {
  const Route* route = nullptr;
  Credentials credentials;
  std::string trace_parent;  // W3C traceparent as received; empty: none
};

// Thread-safe.
class Door {
 public:
  // Both outlive it.
  Door(Authenticator& authenticator, RefusalSender& refusals) : authenticator_(authenticator), refusals_(refusals) {}

  // Who calls, if they may call the method at all. UNAUTHENTICATED or PERMISSION_DENIED, of which the journal of the
  // service that was called is told.
  absl::StatusOr<std::shared_ptr<const Caller>> Admit(const Arrival& arrival);

  // The same for the port that takes signed requests, of which the memory of nonces may be elsewhere: UNAVAILABLE, too.
  Task<absl::StatusOr<std::shared_ptr<const Caller>>> AdmitSigned(Arrival arrival);

 private:
  absl::StatusOr<std::shared_ptr<const Caller>> Judge(const Arrival& arrival,
                                                      absl::StatusOr<std::shared_ptr<const Caller>> caller,
                                                      absl::Time now);

  Authenticator& authenticator_;
  RefusalSender& refusals_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_DOOR_DOOR_H_
