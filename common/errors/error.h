// Refusals: what a caller is told when it cannot have what it asked for. Every service's errors.h builds on this one
// type, so that the reason, the details and both languages are filled where the refusal arises and survive unchanged to
// the caller.
#ifndef JIEBANG_COMMON_ERRORS_ERROR_H_
#define JIEBANG_COMMON_ERRORS_ERROR_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace jiebang {

// The payload of a refusal's status: a serialized google.rpc.Status with at most one each of ErrorInfo (domain
// kErrorDomain), LocalizedMessage (zh-CN), BadRequest, PreconditionFailure, QuotaFailure and RetryInfo. Read it with
// error_details.h.
inline constexpr char kDetailsUrl[] = "type.googleapis.com/google.rpc.Status";
inline constexpr char kErrorDomain[] = "jiebang";

// The details and the message travel in trailing metadata, of which clients take 8 KiB in all by default and drop the
// call otherwise. grpc-java counts what is on the wire: details as base64 (4/3), a message that is no ASCII
// percent-encoded (3).
inline constexpr std::size_t kMaxDetailsBytes = 5 << 10;
inline constexpr std::size_t kMaxMessageBytes = 300;

// A field of the request and what is wrong with it. `field` is a path such as
// `application.scenario_instances[2].title`.
struct FieldViolation {
  std::string field;
  std::string description;
};

// A rule that does not hold. `type` names the rule or its clause, `subject` what it is about.
struct PreconditionViolation {
  std::string type;
  std::string subject;
  std::string description;
};

// A limit that is reached. `subject` is what is limited.
struct QuotaViolation {
  std::string subject;
  std::string description;
};

// One refusal, in both languages, as a caller can act on it.
struct Refusal {
  absl::StatusCode code = absl::StatusCode::kUnknown;
  std::string reason;  // stable, UPPER_SNAKE_CASE, at most 63 characters: what programs decide by
  std::string en;
  std::string zh;
  std::map<std::string, std::string> metadata;
  std::vector<FieldViolation> fields;
  std::vector<PreconditionViolation> preconditions;
  std::vector<QuotaViolation> quotas;
  std::optional<absl::Duration> retry_after;

  // A status with `en` as message and the details as payload. Where they would exceed kMaxDetailsBytes the last
  // violations are left out and the metadata says how many: `violations_left_out`. Longer single texts than 512 bytes
  // are cut there, the message at kMaxMessageBytes. All texts are UTF-8.
  absl::Status ToStatus() const;
};

// INVALID_ARGUMENT with one field violation, which says the same as the refusal itself.
absl::Status MalformedField(std::string field, std::string en, std::string zh, std::string reason = "FIELD_MALFORMED");

// The reason of a refusal; "" when the status is none.
std::string ReasonOf(const absl::Status& status);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_ERRORS_ERROR_H_
