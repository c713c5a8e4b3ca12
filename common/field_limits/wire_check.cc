#include "common/field_limits/wire_check.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "common/field_limits/field_limits.h"
#include "common/field_limits/text.h"

namespace jiebang::field_limits {
namespace {

using google::protobuf::FieldDescriptor;
using Kind = FieldPlan::Kind;

enum WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

// What is left of a message.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}

  bool empty() const { return left_.empty(); }

  bool TakeVarint(std::uint64_t& value) {
    // Nearly all tags, lengths and enums are one byte.
    if (!left_.empty() && static_cast<unsigned char>(left_[0]) < 0x80) {
      value = static_cast<unsigned char>(left_[0]);
      left_.remove_prefix(1);
      return true;
    }
    value = 0;
    for (std::size_t i = 0; i < left_.size() && i < 10; ++i) {
      const auto byte = static_cast<unsigned char>(left_[i]);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
      if (byte < 0x80) {
        left_.remove_prefix(i + 1);
        return true;
      }
    }
    return false;
  }

  bool TakeDelimited(std::string_view& content) {
    std::uint64_t length = 0;
    if (!TakeVarint(length) || length > left_.size()) return false;
    content = left_.substr(0, length);
    left_.remove_prefix(length);
    return true;
  }

  bool Skip(std::uint32_t wire_type) {
    std::uint64_t ignored = 0;
    std::string_view content;
    switch (wire_type) {
      case kVarint:
        return TakeVarint(ignored);
      case kLengthDelimited:
        return TakeDelimited(content);
      case kFixed64:
      case kFixed32: {
        const std::size_t length = wire_type == kFixed64 ? 8 : 4;
        if (left_.size() < length) return false;
        left_.remove_prefix(length);
        return true;
      }
      default:
        return false;
    }
  }

 private:
  std::string_view left_;
};

template <class Integer>
bool IsWithin(const FieldPlan& plan, Integer value) {
  return (!plan.minimum || std::cmp_greater_equal(value, *plan.minimum)) &&
         (!plan.maximum || std::cmp_less_equal(value, *plan.maximum));
}

bool IntegerKeepsLimits(const FieldPlan& plan, std::uint64_t raw) {
  switch (plan.field->type()) {
    case FieldDescriptor::TYPE_INT32:
      return IsWithin(plan, static_cast<std::int32_t>(raw));
    case FieldDescriptor::TYPE_INT64:
      return IsWithin(plan, static_cast<std::int64_t>(raw));
    case FieldDescriptor::TYPE_UINT32:
      return IsWithin(plan, static_cast<std::uint32_t>(raw));
    case FieldDescriptor::TYPE_UINT64:
      return IsWithin(plan, raw);
    default:
      return false;
  }
}

bool NumberKeepsLimits(const FieldPlan& plan, std::uint64_t raw) {
  if (plan.kind == Kind::kInteger) return IntegerKeepsLimits(plan, raw);
  const auto value = static_cast<std::int32_t>(raw);
  return (value != 0 || !plan.is_required) &&
         std::binary_search(plan.known_values.begin(), plan.known_values.end(), value);
}

bool TextKeepsLimits(const FieldPlan& plan, std::string_view text) {
  if (text.empty()) return !plan.is_required;
  if (plan.kind == Kind::kBytes) return text.size() <= plan.max_bytes;
  if (plan.pattern != nullptr && plan.pattern->is_printable_ascii()) {
    return text.size() <= plan.max_length && plan.pattern->Matches(text);
  }
  const Text examined = Examine(text);
  return examined.is_utf8 && !examined.has_control_character && examined.characters <= plan.max_length &&
         (plan.pattern == nullptr || plan.pattern->Matches(text));
}

// Whether a field that the bytes do not have keeps its limits: a number without presence is 0 then.
bool AbsentKeepsLimits(const FieldPlan& plan) {
  if (plan.kind == Kind::kInteger && !plan.is_repeated && !plan.field->has_presence()) return IsWithin(plan, 0);
  return !plan.is_required || plan.kind == Kind::kInteger || plan.kind == Kind::kOther;
}

bool MessageKeepsLimits(const MessagePlan& plan, std::string_view message, int depth);

bool ValueKeepsLimits(const FieldPlan& plan, std::uint32_t wire_type, Bytes& bytes, int depth) {
  std::uint64_t number = 0;
  std::string_view content;
  switch (plan.kind) {
    case Kind::kEnum:
    case Kind::kInteger:
      // A packed list is left to the walk.
      return wire_type == kVarint && bytes.TakeVarint(number) && NumberKeepsLimits(plan, number);
    case Kind::kString:
    case Kind::kBytes:
      return wire_type == kLengthDelimited && bytes.TakeDelimited(content) && TextKeepsLimits(plan, content);
    case Kind::kMessage:
      if (wire_type != kLengthDelimited || !bytes.TakeDelimited(content)) return false;
      return plan.child == nullptr || MessageKeepsLimits(*plan.child, content, depth + 1);
    case Kind::kOther:
      return bytes.Skip(wire_type);
  }
  return false;
}

bool MessageKeepsLimits(const MessagePlan& plan, std::string_view message, int depth) {
  if (!plan.can_be_read_in_bytes || depth > kMaxNesting) return false;
  std::array<std::uint32_t, MessagePlan::kMostFieldsInBytes> counts;
  std::fill_n(counts.begin(), plan.fields.size(), 0);
  Bytes bytes(message);
  while (!bytes.empty()) {
    std::uint64_t tag = 0;
    if (!bytes.TakeVarint(tag)) return false;
    const std::uint64_t number = tag >> 3;
    const auto wire_type = static_cast<std::uint32_t>(tag & 7);
    const int place = number < plan.place_of_number.size() ? plan.place_of_number[number] : -1;
    if (place < 0) {
      if (!bytes.Skip(wire_type)) return false;
      continue;
    }
    const FieldPlan& field = plan.fields[place];
    const std::size_t most = field.is_repeated ? field.max_items : 1;
    if (++counts[place] > most || !ValueKeepsLimits(field, wire_type, bytes, depth)) return false;
  }
  for (std::size_t place = 0; place < plan.fields.size(); ++place) {
    if (counts[place] == 0 && !AbsentKeepsLimits(plan.fields[place])) return false;
  }
  return true;
}

}  // namespace

bool SurelyKeepsLimits(const Plan& plan, std::string_view bytes) { return MessageKeepsLimits(plan.root(), bytes, 0); }

}  // namespace jiebang::field_limits
