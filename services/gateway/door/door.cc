#include "services/gateway/door/door.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/policy/policy.h"

namespace jiebang::gateway {

absl::StatusOr<std::shared_ptr<const Caller>> Door::Admit(const Arrival& arrival) {
  const absl::Time now = absl::Now();
  return Judge(arrival, authenticator_.Authenticate(arrival.credentials, now), now);
}

Task<absl::StatusOr<std::shared_ptr<const Caller>>> Door::AdmitSigned(Arrival arrival) {
  const absl::Time now = absl::Now();
  absl::StatusOr<std::shared_ptr<const Caller>> caller =
      co_await authenticator_.AuthenticateSigned(arrival.credentials, now);
  co_return Judge(arrival, std::move(caller), now);
}

absl::StatusOr<std::shared_ptr<const Caller>> Door::Judge(const Arrival& arrival,
                                                          absl::StatusOr<std::shared_ptr<const Caller>> caller,
                                                          absl::Time now) {
  absl::Status admitted = caller.ok() ? (*caller)->may_act : caller.status();
  if (admitted.ok()) admitted = policy::AuthoriseMethod(*arrival.route->policy, (*caller)->principal);
  if (admitted.ok()) return caller;
  rpc::RefusedCall refused{.source_address = arrival.credentials.address,
                           .method = arrival.route->method->full_name(),
                           .trace_parent = arrival.trace_parent,
                           .time = now,
                           .status = admitted};
  if (caller.ok()) refused.principal = (*caller)->principal;
  refusals_.Add(refused);
  return admitted;
}

}  // namespace jiebang::gateway
