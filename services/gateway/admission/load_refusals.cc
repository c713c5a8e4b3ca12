#include "services/gateway/admission/load_refusals.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/errors/error.h"

namespace jiebang::gateway {
namespace {

// What is urgent may come again sooner.
constexpr std::array<absl::Duration, kUrgencies> kComeAgain = {absl::Seconds(4), absl::Seconds(2), absl::Seconds(1)};
constexpr absl::Duration kOneEnds = absl::Seconds(1);
constexpr std::size_t kKinds = 64;

absl::Status Overload(Urgency urgency, absl::Duration wait) {
  return Refusal{.code = absl::StatusCode::kUnavailable,
                 .reason = "SUITE_OVERLOADED",
                 .en =
                     "The suite has more calls than it can answer; nothing was begun. Call again after the time that "
                     "is said.",
                 .zh = "系统繁忙，本次调用未受理；请在所示时间后重试",
                 .metadata = {{"urgency", ToString(urgency)}},
                 .retry_after = wait}
      .ToStatus();
}

}  // namespace

LoadRefusals::LoadRefusals() : random_state_((std::uint64_t{std::random_device()()} << 1) | 1) {
  for (std::size_t urgency = 0; urgency < kUrgencies; ++urgency) {
    for (std::size_t i = 0; i < kKinds; ++i) {
      const absl::Duration wait = kComeAgain[urgency] * (kKinds / 2 + i) / kKinds;
      overloaded_[urgency].push_back(Overload(static_cast<Urgency>(urgency), wait));
    }
  }
}

const absl::Status& LoadRefusals::Overloaded(Urgency urgency) {
  return overloaded_[static_cast<std::size_t>(urgency)][Random() % kKinds];
}

absl::Status LoadRefusals::TooFast(const std::string& caller, Urgency urgency, const Rate& rate, absl::Duration wait) {
  const std::string each = absl::StrFormat("%g", rate.per_second);
  return Refusal{.code = absl::StatusCode::kResourceExhausted,
                 .reason = "RATE_EXCEEDED",
                 .en = absl::StrCat(caller, " may make ", each, " calls a second of this urgency (", ToString(urgency),
                                    "); nothing was begun"),
                 .zh = absl::StrCat(caller, " 每秒最多可发起 ", each, " 次此类调用；本次调用未受理，请稍后重试"),
                 .metadata = {{"caller", caller}, {"urgency", ToString(urgency)}, {"calls_per_second", each}},
                 .quotas = {{.subject = caller, .description = absl::StrCat(each, " calls a second")}},
                 .retry_after = Spread(std::max(wait, absl::Milliseconds(10))) + wait / 2}
      .ToStatus();
}

absl::Status LoadRefusals::TooMany(Allowance allowance, const std::string& caller, int most) {
  const bool are_calls = allowance == Allowance::kCalls;
  return Refusal{.code = absl::StatusCode::kResourceExhausted,
                 .reason = are_calls ? "CALLS_UNDER_WAY_EXCEEDED" : "STREAMS_OPEN_EXCEEDED",
                 .en = absl::StrCat(caller, " has ", most, are_calls ? " calls under way" : " streams open",
                                    " already, which is the most; nothing was begun"),
                 .zh = absl::StrCat(caller, " 已有 ", most, are_calls ? " 个调用正在处理" : " 个流已打开",
                                    "，达到上限；本次调用未受理，请稍后重试"),
                 .metadata = {{"caller", caller}, {"most", absl::StrCat(most)}},
                 .quotas = {{.subject = caller,
                             .description = absl::StrCat(most, are_calls ? " calls under way" : " streams open")}},
                 .retry_after = Spread(kOneEnds)}
      .ToStatus();
}

absl::Status LoadRefusals::TooManyFailures(const std::string& address, absl::Duration wait) {
  return Refusal{.code = absl::StatusCode::kResourceExhausted,
                 .reason = "CREDENTIALS_FAILED_TOO_OFTEN",
                 .en = absl::StrCat("too many credentials that do not hold came from ", address, "; nothing was begun"),
                 .zh = absl::StrCat("来自 ", address, " 的无效凭证过多；本次调用未受理，请稍后重试"),
                 .metadata = {{"address", address}},
                 .quotas = {{.subject = address, .description = "credentials that do not hold"}},
                 .retry_after = Spread(std::max(wait, absl::Milliseconds(10))) + wait / 2}
      .ToStatus();
}

absl::Status LoadRefusals::TooShort(absl::Duration left, absl::Duration usual) {
  const std::string left_ms = absl::StrCat(std::max<std::int64_t>(0, absl::ToInt64Milliseconds(left)));
  const std::string usual_ms = absl::StrCat(absl::ToInt64Milliseconds(usual));
  return Refusal{.code = absl::StatusCode::kDeadlineExceeded,
                 .reason = "DEADLINE_TOO_SHORT",
                 .en = absl::StrCat("the call's deadline is in ", left_ms, " ms, an answer takes ", usual_ms,
                                    " ms at present; nothing was begun"),
                 .zh = absl::StrCat("调用期限仅剩 ", left_ms, " 毫秒，目前应答约需 ", usual_ms,
                                    " 毫秒；本次调用未受理，请放宽期限后重试"),
                 .metadata = {{"left_ms", left_ms}, {"usual_ms", usual_ms}},
                 .retry_after = Spread(kOneEnds)}
      .ToStatus();
}

absl::Duration LoadRefusals::Spread(absl::Duration wait) { return wait / 2 + wait * (Random() % 1'024) / 1'024; }

std::uint32_t LoadRefusals::Random() {  // xorshift64*
  random_state_ ^= random_state_ >> 12;
  random_state_ ^= random_state_ << 25;
  random_state_ ^= random_state_ >> 27;
  return static_cast<std::uint32_t>((random_state_ * 0x2545F4914F6CDD1DULL) >> 32);
}

}  // namespace jiebang::gateway
