// Which calls the gateway lets in: no more than the suite can answer in time, the urgent ones last to be refused, and
// no caller at the cost of the others. Nothing waits here: a call has its place at once, or is told when to come again.
#ifndef JIEBANG_SERVICES_GATEWAY_ADMISSION_ADMISSION_H_
#define JIEBANG_SERVICES_GATEWAY_ADMISSION_ADMISSION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "jiebang/identity/v1/principal.pb.h"
#include "services/gateway/admission/load_limit.h"
#include "services/gateway/admission/load_refusals.h"
#include "services/gateway/admission/rates.h"
#include "services/gateway/admission/token_buckets.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// docs/limits.md says how to size them.
struct AdmissionOptions {
  int most_calls = 512;     // under way in all services together; streams are not among them
  LoadLimitOptions of_one;  // under way in one service, so that one that hangs does not take the room of the others
  int most_calls_of_caller = 128;
  int most_streams = 1'024;
  int most_streams_of_caller = 32;
  std::size_t most_bytes = 256 << 20;  // of messages that are held for services
  Rates rates;
  // Credentials that do not hold, from one address: each costs a signature and a record in the journal.
  Rate failures = {.per_second = 20, .burst = 200};
  std::size_t most_callers = 100'000;  // that are remembered
};

class Ticket;

// Thread-safe.
class Admission {
 public:
  // Since the start, for those who watch over the suite.
  struct Counts {
    std::array<std::uint64_t, kUrgencies> admitted = {};
    std::array<std::uint64_t, kUrgencies> overloaded = {};
    std::uint64_t too_fast = 0;   // and too many at once
    std::uint64_t too_short = 0;  // deadlines
    std::uint64_t refused() const;
    // What was counted since an earlier time, in one line of words.
    std::string Since(const Counts& earlier) const;
  };

  explicit Admission(const AdmissionOptions& options);

  // Gives the call a place, before anything is known of its caller: what is cheap comes first. UNAVAILABLE
  // SUITE_OVERLOADED; DEADLINE_EXCEEDED DEADLINE_TOO_SHORT. `this` outlives the ticket.
  absl::StatusOr<Ticket> Enter(const Route& route, absl::Time deadline, absl::Time now);

  // Charges the caller for the call. RESOURCE_EXHAUSTED RATE_EXCEEDED, CALLS_UNDER_WAY_EXCEEDED or
  // STREAMS_OPEN_EXCEEDED.
  absl::Status Charge(Ticket& ticket, const identity::v1::Principal& caller, const std::string& address,
                      absl::Time now);

  // Whether credentials from this address are looked at. RESOURCE_EXHAUSTED CREDENTIALS_FAILED_TOO_OFTEN.
  absl::Status CheckFailures(const std::string& address, absl::Time now);
  // Credentials from this address did not hold.
  void CountFailure(const std::string& address, absl::Time now);

  Counts counts() const;
  int calls_under_way() const;

 private:
  friend class Ticket;

  struct AtOnce {
    int calls = 0;
    int streams = 0;
  };
  using Callers = absl::node_hash_map<std::string, AtOnce>;

  absl::Status EnterLocked(Urgency urgency, LoadLimit& service, absl::Time deadline, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  LoadLimit& ServiceOf(const Route& route) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const AdmissionOptions options_;
  mutable absl::Mutex mutex_;
  LoadLimit all_ ABSL_GUARDED_BY(mutex_);
  // By the connection to it: services of one process share what it can do.
  absl::node_hash_map<const grpc::Channel*, LoadLimit> services_ ABSL_GUARDED_BY(mutex_);
  std::array<TokenBuckets, kUrgencies> buckets_ ABSL_GUARDED_BY(mutex_);
  TokenBuckets failures_ ABSL_GUARDED_BY(mutex_);
  Callers callers_ ABSL_GUARDED_BY(mutex_);  // those who have a call under way or a stream open
  int streams_ ABSL_GUARDED_BY(mutex_) = 0;
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  LoadRefusals refusals_ ABSL_GUARDED_BY(mutex_);
  Counts counts_ ABSL_GUARDED_BY(mutex_);
};

// The place of one call, as long as it lives. Movable; used by one thread at a time.
class Ticket {
 public:
  Ticket(Ticket&& other) noexcept;
  Ticket& operator=(Ticket&&) = delete;
  ~Ticket();

  // The call's message is there and goes to the service now: its time counts from here. UNAVAILABLE SUITE_OVERLOADED
  // when messages take too much memory already.
  absl::Status Send(std::size_t bytes);

  // The service has answered; without it the call says nothing of how fast services are.
  void Answered();

 private:
  friend class Admission;

  Ticket(Admission& admission, Urgency urgency, bool is_stream, LoadLimit& service)
      : admission_(&admission), urgency_(urgency), is_stream_(is_stream), service_(&service) {}

  Admission* admission_;  // nullptr: moved from
  const Urgency urgency_;
  const bool is_stream_;
  LoadLimit* const service_;
  Admission::Callers::value_type* caller_ = nullptr;
  std::size_t bytes_ = 0;
  absl::Time sent_ = absl::InfiniteFuture();
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_ADMISSION_ADMISSION_H_
