#include "services/gateway/admission/admission.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"

namespace jiebang::gateway {
namespace {

// A place among all calls does not depend on how long they take: that is each service's matter.
LoadLimitOptions Fixed(int most) { return {.least = most, .most = most}; }

std::size_t Index(Urgency urgency) { return static_cast<std::size_t>(urgency); }

}  // namespace

std::uint64_t Admission::Counts::refused() const {
  return std::accumulate(overloaded.begin(), overloaded.end(), too_fast + too_short);
}

std::string Admission::Counts::Since(const Counts& earlier) const {
  const auto of = [](const auto& now, const auto& then, Urgency urgency) {
    return absl::StrCat(now[Index(urgency)] - then[Index(urgency)], " ", ToString(urgency), "s");
  };
  const auto of_all = [&of](const auto& now, const auto& then) {
    return absl::StrCat(of(now, then, Urgency::kRead), ", ", of(now, then, Urgency::kChange), ", ",
                        of(now, then, Urgency::kDecision));
  };
  return absl::StrCat("let in ", of_all(admitted, earlier.admitted), "; refused for load ",
                      of_all(overloaded, earlier.overloaded), ", ", too_fast - earlier.too_fast,
                      " of callers beyond their limits, ", too_short - earlier.too_short, " with too short a deadline");
}

Admission::Admission(const AdmissionOptions& options)
    : options_(options),
      all_(Fixed(options.most_calls)),
      buckets_{TokenBuckets(options.most_callers), TokenBuckets(options.most_callers),
               TokenBuckets(options.most_callers)},
      failures_(options.most_callers) {}

LoadLimit& Admission::ServiceOf(const Route& route) {
  return services_.try_emplace(route.channel.get(), options_.of_one).first->second;
}

absl::StatusOr<Ticket> Admission::Enter(const Route& route, absl::Time deadline, absl::Time now) {
  const Urgency urgency = UrgencyOf(route);
  const bool is_stream = route.server_streaming || route.client_streaming;
  absl::MutexLock lock(&mutex_);
  LoadLimit& service = ServiceOf(route);
  if (!is_stream) {
    RETURN_IF_ERROR(EnterLocked(urgency, service, deadline, now));
  } else if (streams_ < options_.most_streams) {
    ++streams_;
  } else {
    ++counts_.overloaded[Index(urgency)];
    return refusals_.Overloaded(urgency);
  }
  ++counts_.admitted[Index(urgency)];
  return Ticket(*this, urgency, is_stream, service);
}

absl::Status Admission::EnterLocked(Urgency urgency, LoadLimit& service, absl::Time deadline, absl::Time now) {
  const absl::Duration usual = service.UsualTime(urgency, now);
  if (deadline < now + usual) {
    ++counts_.too_short;
    return refusals_.TooShort(deadline - now, usual);
  }
  if (all_.Enter(urgency)) {
    if (service.Enter(urgency)) return absl::OkStatus();
    all_.Leave();
  }
  ++counts_.overloaded[Index(urgency)];
  return refusals_.Overloaded(urgency);
}

absl::Status Admission::Charge(Ticket& ticket, const identity::v1::Principal& caller, const std::string& address,
                               absl::Time now) {
  const std::string network = caller.subject().empty() ? NetworkOf(address) : "";
  // Nobody's subject looks like a network: it is marked as one.
  const std::string key = network.empty() ? caller.subject() : "\n" + network;
  const std::string& shown = network.empty() ? caller.subject() : address;
  absl::MutexLock lock(&mutex_);
  const Rate& rate = options_.rates.Of(caller);
  const absl::Duration wait = buckets_[Index(ticket.urgency_)].Take(key, rate, now);
  if (wait > absl::ZeroDuration()) {
    ++counts_.too_fast;
    return refusals_.TooFast(shown, ticket.urgency_, rate, wait);
  }
  Callers::value_type& entry = *callers_.try_emplace(key).first;
  int& at_once = ticket.is_stream_ ? entry.second.streams : entry.second.calls;
  const int most = ticket.is_stream_ ? options_.most_streams_of_caller : options_.most_calls_of_caller;
  if (at_once >= most) {
    ++counts_.too_fast;
    return refusals_.TooMany(ticket.is_stream_ ? Allowance::kStreams : Allowance::kCalls, shown, most);
  }
  ++at_once;
  ticket.caller_ = &entry;
  return absl::OkStatus();
}

absl::Status Admission::CheckFailures(const std::string& address, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  if (failures_.size() == 0) return absl::OkStatus();
  const absl::Duration wait = failures_.Wait(NetworkOf(address), options_.failures, now);
  if (wait == absl::ZeroDuration()) return absl::OkStatus();
  ++counts_.too_fast;
  return refusals_.TooManyFailures(address, wait);
}

void Admission::CountFailure(const std::string& address, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  failures_.Take(NetworkOf(address), options_.failures, now);
}

Admission::Counts Admission::counts() const {
  absl::MutexLock lock(&mutex_);
  return counts_;
}

int Admission::calls_under_way() const {
  absl::MutexLock lock(&mutex_);
  return all_.under_way();
}

Ticket::Ticket(Ticket&& other) noexcept
    : admission_(std::exchange(other.admission_, nullptr)),
      urgency_(other.urgency_),
      is_stream_(other.is_stream_),
      service_(other.service_),
      caller_(other.caller_),
      bytes_(other.bytes_),
      sent_(other.sent_) {}

Ticket::~Ticket() {
  if (admission_ == nullptr) return;
  absl::MutexLock lock(&admission_->mutex_);
  admission_->bytes_ -= bytes_;
  if (is_stream_) {
    --admission_->streams_;
  } else {
    admission_->all_.Leave();
    service_->Leave();
  }
  if (caller_ == nullptr) return;
  Admission::AtOnce& at_once = caller_->second;
  --(is_stream_ ? at_once.streams : at_once.calls);
  if (at_once.calls + at_once.streams == 0) admission_->callers_.erase(caller_->first);
}

absl::Status Ticket::Send(std::size_t bytes) {
  const absl::Time now = absl::Now();
  absl::MutexLock lock(&admission_->mutex_);
  if (admission_->bytes_ + bytes > admission_->options_.most_bytes) {
    ++admission_->counts_.overloaded[Index(urgency_)];
    return admission_->refusals_.Overloaded(urgency_);
  }
  admission_->bytes_ += bytes;
  bytes_ += bytes;
  sent_ = now;
  return absl::OkStatus();
}

void Ticket::Answered() {
  if (is_stream_ || sent_ == absl::InfiniteFuture()) return;
  const absl::Time now = absl::Now();
  absl::MutexLock lock(&admission_->mutex_);
  service_->Answered(urgency_, std::max(now - sent_, absl::ZeroDuration()), now);
  sent_ = absl::InfiniteFuture();
}

}  // namespace jiebang::gateway
