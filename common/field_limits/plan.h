// What has to be checked of a message type, read once from its descriptor.
#ifndef JIEBANG_COMMON_FIELD_LIMITS_PLAN_H_
#define JIEBANG_COMMON_FIELD_LIMITS_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/field_limits/pattern.h"
#include "google/protobuf/descriptor.h"

namespace jiebang::field_limits {

struct MessagePlan;

struct FieldPlan {
  enum class Kind { kString, kBytes, kEnum, kInteger, kMessage, kOther };

  const google::protobuf::FieldDescriptor* field = nullptr;
  Kind kind = Kind::kOther;
  bool is_repeated = false;
  bool is_required = false;
  std::size_t max_length = 0;
  std::size_t max_bytes = 0;
  std::size_t max_items = 0;
  std::shared_ptr<const Pattern> pattern;  // null: any
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  std::vector<int> known_values;       // of an enum, ascending
  const MessagePlan* child = nullptr;  // null: nothing to check in the message
};

// The fields of which something has to be checked.
struct MessagePlan {
  const google::protobuf::Descriptor* descriptor = nullptr;
  std::vector<FieldPlan> fields;
  bool is_complete = false;  // false only while it is being compiled

  // For wire_check.h: the place in `fields` by a field's number, -1 for none; messages with many fields or large
  // numbers are not read in bytes.
  static constexpr std::size_t kMostFieldsInBytes = 64;
  static constexpr int kLargestNumberInBytes = 255;
  std::vector<std::int8_t> place_of_number;
  bool can_be_read_in_bytes = false;
};

struct Plan {
  std::vector<std::unique_ptr<MessagePlan>> messages;  // the first is the root; types may contain themselves
  const MessagePlan& root() const { return *messages.front(); }
};

// INVALID_ARGUMENT FIELD_LIMITS_SENSELESS, naming the field: a pattern is no RE2, or a limit does not fit its field.
absl::StatusOr<std::shared_ptr<const Plan>> Compile(const google::protobuf::Descriptor& descriptor);

}  // namespace jiebang::field_limits

#endif  // JIEBANG_COMMON_FIELD_LIMITS_PLAN_H_
