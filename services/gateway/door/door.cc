#include "services/gateway/door/door.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/policy/policy.h"
#include "common/status/status_macros.h"

namespace jiebang::gateway {
namespace {

// A call that names no deadline ends after this, and so does one that names a later one.
constexpr absl::Duration kLongestUnary = absl::Seconds(60);
// What is left of the caller's time for the way back, so that it hears from us what became of its call.
constexpr absl::Duration kLongestHop = absl::Milliseconds(50);
constexpr int kPartForHop = 10;

absl::Time DeadlineOfService(const Arrival& arrival, absl::Time now) {
  const absl::Duration left = arrival.deadline - now;
  const absl::Time deadline = arrival.deadline - std::min(kLongestHop, left / kPartForHop);
  const bool is_stream = arrival.route->server_streaming || arrival.route->client_streaming;
  return is_stream ? deadline : std::min(deadline, now + kLongestUnary);
}

bool HasAny(const Credentials& credentials) {
  return !credentials.authorization.empty() || !credentials.client_certificate.empty() || credentials.signed_request;
}

}  // namespace

absl::StatusOr<Admitted> Door::Admit(const Arrival& arrival) {
  const absl::Time now = absl::Now();
  ASSIGN_OR_RETURN(Admitted place, Enter(arrival, now));
  return Judge(arrival, std::move(place), authenticator_.Authenticate(arrival.credentials, now), now);
}

Task<absl::StatusOr<Admitted>> Door::AdmitSigned(Arrival arrival) {
  const absl::Time now = absl::Now();
  absl::StatusOr<Admitted> place = Enter(arrival, now);
  if (!place.ok()) co_return place;
  absl::StatusOr<std::shared_ptr<const Caller>> caller =
      co_await authenticator_.AuthenticateSigned(arrival.credentials, now);
  co_return Judge(arrival, *std::move(place), std::move(caller), now);
}

absl::StatusOr<Admitted> Door::Enter(const Arrival& arrival, absl::Time now) {
  const absl::Time deadline = DeadlineOfService(arrival, now);
  // Whether there is room costs less than to find out who asks.
  ASSIGN_OR_RETURN(Ticket ticket, admission_.Enter(*arrival.route, deadline, now));
  // Who shows no credentials is not held up by those who show wrong ones from the same address.
  if (HasAny(arrival.credentials)) {
    RETURN_IF_ERROR(admission_.CheckFailures(arrival.credentials.address, now));
  }
  return Admitted{.caller = nullptr, .deadline = deadline, .ticket = std::move(ticket)};
}

absl::StatusOr<Admitted> Door::Judge(const Arrival& arrival, Admitted place,
                                     absl::StatusOr<std::shared_ptr<const Caller>> caller, absl::Time now) {
  const std::string& address = arrival.credentials.address;
  if (absl::IsUnauthenticated(caller.status())) admission_.CountFailure(address, now);
  absl::Status admitted = caller.ok() ? (*caller)->may_act : caller.status();
  if (admitted.ok()) admitted = policy::AuthoriseMethod(*arrival.route->policy, (*caller)->principal);
  if (admitted.ok()) {
    RETURN_IF_ERROR(admission_.Charge(place.ticket, (*caller)->principal, address, now));
    place.caller = *std::move(caller);
    return place;
  }
  rpc::RefusedCall refused{.source_address = address,
                           .method = arrival.route->method->full_name(),
                           .trace_parent = arrival.trace_parent,
                           .time = now,
                           .status = admitted};
  if (caller.ok()) refused.principal = (*caller)->principal;
  refusals_.Add(refused);
  return admitted;
}

}  // namespace jiebang::gateway
