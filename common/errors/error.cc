#include "common/errors/error.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error_details.h"
#include "google/rpc/error_details.pb.h"

namespace jiebang {
namespace {

// What comes before the violations (en, zh, metadata) must leave most of kMaxDetailsBytes to them.
constexpr std::size_t kMaxTextBytes = 512;
constexpr std::size_t kMaxMetadataBytes = 1'024;

// At most `bytes` of the text, cut between characters and never within one: half a character is no UTF-8, and protobuf
// would refuse it.
std::string Shortened(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  constexpr char kEllipsis[] = "…";
  std::size_t end = bytes - std::size(kEllipsis) + 1;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), kEllipsis);
}

google::protobuf::Duration ToProto(absl::Duration duration) {
  google::protobuf::Duration proto;
  // The contract of google.protobuf.Duration allows 10,000 years; a wait that is longer is as good as that one.
  const absl::Duration bounded = std::clamp(duration, absl::ZeroDuration(), absl::Hours(24 * 365 * 1'000));
  proto.set_seconds(absl::ToInt64Seconds(bounded));
  proto.set_nanos(static_cast<int>(absl::ToInt64Nanoseconds(bounded - absl::Seconds(proto.seconds()))));
  return proto;
}

google::rpc::ErrorInfo InfoOf(const Refusal& refusal) {
  google::rpc::ErrorInfo info;
  info.set_reason(refusal.reason);
  info.set_domain(kErrorDomain);
  std::size_t bytes = 0;
  for (const auto& [key, value] : refusal.metadata) {
    const std::string text = Shortened(value, kMaxTextBytes);
    bytes += key.size() + text.size();
    if (bytes > kMaxMetadataBytes) break;
    (*info.mutable_metadata())[key] = text;
  }
  return info;
}

// The violations of all three kinds in order, as details of which the last can be left out.
class Violations {
 public:
  explicit Violations(const Refusal& refusal) : refusal_(refusal) {}

  std::size_t size() const { return refusal_.fields.size() + refusal_.preconditions.size() + refusal_.quotas.size(); }

  void AddFirst(std::size_t count, google::rpc::Status& details) const {
    google::rpc::BadRequest bad_request;
    google::rpc::PreconditionFailure precondition_failure;
    google::rpc::QuotaFailure quota_failure;
    for (const FieldViolation& violation : First(refusal_.fields, count)) {
      auto* const proto = bad_request.add_field_violations();
      proto->set_field(Shortened(violation.field, kMaxTextBytes));
      proto->set_description(Shortened(violation.description, kMaxTextBytes));
    }
    for (const PreconditionViolation& violation : First(refusal_.preconditions, count)) {
      auto* const proto = precondition_failure.add_violations();
      proto->set_type(Shortened(violation.type, kMaxTextBytes));
      proto->set_subject(Shortened(violation.subject, kMaxTextBytes));
      proto->set_description(Shortened(violation.description, kMaxTextBytes));
    }
    for (const QuotaViolation& violation : First(refusal_.quotas, count)) {
      auto* const proto = quota_failure.add_violations();
      proto->set_subject(Shortened(violation.subject, kMaxTextBytes));
      proto->set_description(Shortened(violation.description, kMaxTextBytes));
    }
    if (bad_request.field_violations_size() > 0) details.add_details()->PackFrom(bad_request);
    if (precondition_failure.violations_size() > 0) details.add_details()->PackFrom(precondition_failure);
    if (quota_failure.violations_size() > 0) details.add_details()->PackFrom(quota_failure);
  }

 private:
  // The first `count` of the list; takes them from `count`.
  template <class Violation>
  static std::vector<Violation> First(const std::vector<Violation>& all, std::size_t& count) {
    const std::size_t taken = std::min(count, all.size());
    count -= taken;
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(taken)};
  }

  const Refusal& refusal_;
};

std::string DetailsWith(const Refusal& refusal, const Violations& violations, std::size_t count) {
  google::rpc::Status details;
  details.set_code(static_cast<int>(refusal.code));
  details.set_message(Shortened(refusal.en, kMaxTextBytes));

  google::rpc::ErrorInfo info = InfoOf(refusal);
  if (count < violations.size()) {
    (*info.mutable_metadata())["violations_left_out"] = absl::StrCat(violations.size() - count);
  }
  details.add_details()->PackFrom(info);

  google::rpc::LocalizedMessage message;
  message.set_locale("zh-CN");
  message.set_message(Shortened(refusal.zh, kMaxTextBytes));
  details.add_details()->PackFrom(message);

  violations.AddFirst(count, details);

  if (refusal.retry_after) {
    google::rpc::RetryInfo retry;
    *retry.mutable_retry_delay() = ToProto(*refusal.retry_after);
    details.add_details()->PackFrom(retry);
  }
  return details.SerializeAsString();
}

// The details with as many violations as fit. Bisected, since a refusal may name thousands.
std::string LargestDetails(const Refusal& refusal) {
  const Violations violations(refusal);
  std::string details = DetailsWith(refusal, violations, violations.size());
  if (details.size() <= kMaxDetailsBytes) return details;
  std::size_t fits = 0;
  std::size_t too_many = violations.size();
  while (too_many - fits > 1) {
    const std::size_t middle = fits + (too_many - fits) / 2;
    (DetailsWith(refusal, violations, middle).size() <= kMaxDetailsBytes ? fits : too_many) = middle;
  }
  return DetailsWith(refusal, violations, fits);
}

}  // namespace

absl::Status Refusal::ToStatus() const {
  absl::Status status(code, Shortened(en, kMaxMessageBytes));
  status.SetPayload(kDetailsUrl, absl::Cord(LargestDetails(*this)));
  return status;
}

absl::Status MalformedField(std::string field, std::string en, std::string zh, std::string reason) {
  std::string description = absl::StrCat(en, " ", zh);
  return Refusal{
      .code = absl::StatusCode::kInvalidArgument,
      .reason = std::move(reason),
      .en = std::move(en),
      .zh = std::move(zh),
      .fields = {{.field = std::move(field), .description = std::move(description)}},
  }
      .ToStatus();
}

std::optional<google::rpc::Status> DetailsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kDetailsUrl);
  if (!payload) return std::nullopt;
  google::rpc::Status details;
  if (!details.ParseFromString(std::string(*payload))) return std::nullopt;
  return details;
}

google::rpc::Status ToItemError(const absl::Status& status) {
  if (std::optional<google::rpc::Status> details = DetailsOf(status)) return *std::move(details);
  google::rpc::Status error;
  error.set_code(static_cast<int>(status.code()));
  error.set_message(std::string(status.message()));
  return error;
}

std::string ReasonOf(const absl::Status& status) {
  const std::optional<google::rpc::Status> details = DetailsOf(status);
  if (!details) return "";
  const std::optional<google::rpc::ErrorInfo> info = DetailOf<google::rpc::ErrorInfo>(*details);
  return info ? info->reason() : "";
}

}  // namespace jiebang
