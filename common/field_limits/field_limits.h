// What the fields of a request may hold (protos/jiebang/options/v1/limits.proto), checked before every handler in one
// walk.
#ifndef JIEBANG_COMMON_FIELD_LIMITS_FIELD_LIMITS_H_
#define JIEBANG_COMMON_FIELD_LIMITS_FIELD_LIMITS_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace jiebang {

// What holds where a field says nothing.
inline constexpr std::size_t kDefaultMaxLength = 1'000;   // characters of a string
inline constexpr std::size_t kDefaultMaxBytes = 1 << 20;  // of a bytes field
inline constexpr std::size_t kDefaultMaxItems = 1'000;    // elements of a repeated or map field
inline constexpr int kMaxNesting = 32;                    // messages within messages within the request

namespace field_limits {
struct Plan;
}  // namespace field_limits

// The limits of one message type and of all that it contains, compiled once and then cheap to check. Cheap to copy,
// thread-safe.
class FieldLimits {
 public:
  // Holds no limits yet: Check answers INTERNAL.
  FieldLimits() = default;

  // INVALID_ARGUMENT when a pattern is no RE2 or a limit stands on a field that it does not fit.
  static absl::StatusOr<FieldLimits> For(const google::protobuf::Descriptor& descriptor);

  // INVALID_ARGUMENT FIELDS_INVALID with every violation of `message`, which is of the type that this was made for.
  // Required fields are set (numbers and booleans always are; a resource beside an `update_mask` may lack them),
  // strings are UTF-8 without control characters other than tab and line ends, lengths and numbers of elements are
  // within limits, enums have values that the contract knows. OUTPUT_ONLY fields are skipped with all below them.
  // Nesting deeper than kMaxNesting is a violation.
  // `bytes`: what the message was decoded from, where that is at hand: if they show that all is well, the message is
  // not asked, which takes several times as long.
  absl::Status Check(const google::protobuf::Message& message,
                     std::optional<std::string_view> bytes = std::nullopt) const;

 private:
  explicit FieldLimits(std::shared_ptr<const field_limits::Plan> plan);

  std::shared_ptr<const field_limits::Plan> plan_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_FIELD_LIMITS_FIELD_LIMITS_H_
