#include "common/field_limits/check.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/field_limits/field_limits.h"
#include "common/field_limits/text.h"

namespace jiebang::field_limits {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Kind = FieldPlan::Kind;

class Walker {
 public:
  void Walk(const MessagePlan& plan, const Message& message, const Step* before, int depth) {
    const Reflection& reflection = *message.GetReflection();
    for (const FieldPlan& field : plan.fields) {
      if (violations_.full()) return;
      const Step step{.before = before, .field = field.field};
      if (field.is_repeated) {
        WalkElements(field, message, reflection, step, depth);
      } else {
        WalkSingle(field, message, reflection, step, depth);
      }
    }
  }

  Violations Take() && { return std::move(violations_); }

 private:
  void WalkSingle(const FieldPlan& plan, const Message& message, const Reflection& reflection, const Step& step,
                  int depth) {
    switch (plan.kind) {
      case Kind::kString:
      case Kind::kBytes: {
        const std::string& text = reflection.GetStringReference(message, plan.field, &scratch_);
        if (!text.empty()) return CheckText(plan, text, step);
        if (plan.is_required) violations_.Missing(step);
        return;
      }
      case Kind::kEnum: {
        const int value = reflection.GetEnumValue(message, plan.field);
        if (value != 0) return CheckEnum(plan, value, step);
        if (plan.is_required) violations_.Missing(step);
        return;
      }
      case Kind::kInteger:
        // A number that says when it is absent is not held against its limits then.
        if (plan.field->has_presence() && !reflection.HasField(message, plan.field)) return;
        return CheckInteger(plan, message, reflection, step);
      case Kind::kMessage:
        if (reflection.HasField(message, plan.field)) {
          return Descend(plan, reflection.GetMessage(message, plan.field), step, depth);
        }
        if (plan.is_required) violations_.Missing(step);
        return;
      case Kind::kOther:
        return;
    }
  }

  void WalkElements(const FieldPlan& plan, const Message& message, const Reflection& reflection, Step step, int depth) {
    const int size = reflection.FieldSize(message, plan.field);
    if (size == 0) {
      if (plan.is_required) violations_.Missing(step);
      return;
    }
    // The elements of a list that is too long are not looked at: it bounds the work as well as the list.
    if (static_cast<std::size_t>(size) > plan.max_items) {
      return violations_.TooManyItems(step, plan.max_items, static_cast<std::size_t>(size));
    }
    const bool is_map = plan.field->is_map();
    for (step.index = 0; step.index < size && !violations_.full(); ++step.index) {
      switch (plan.kind) {
        case Kind::kString:
        case Kind::kBytes:
          CheckText(plan, reflection.GetRepeatedStringReference(message, plan.field, step.index, &scratch_), step);
          break;
        case Kind::kEnum:
          CheckEnum(plan, reflection.GetRepeatedEnumValue(message, plan.field, step.index), step);
          break;
        case Kind::kInteger:
          CheckInteger(plan, message, reflection, step);
          break;
        case Kind::kMessage: {
          if (plan.child == nullptr) return;
          const Message& element = reflection.GetRepeatedMessage(message, plan.field, step.index);
          if (is_map) step.map_entry = &element;
          Descend(plan, element, step, depth);
          break;
        }
        case Kind::kOther:
          return;
      }
    }
  }

  void Descend(const FieldPlan& plan, const Message& message, const Step& step, int depth) {
    if (plan.child == nullptr) return;
    if (depth == kMaxNesting) return violations_.NestedTooDeep(step);
    Walk(*plan.child, message, &step, depth + 1);
  }

  void CheckText(const FieldPlan& plan, const std::string& text, const Step& step) {
    if (plan.kind == Kind::kBytes) {
      if (text.size() > plan.max_bytes) violations_.TooManyBytes(step, plan.max_bytes, text.size());
      return;
    }
    const Text examined = Examine(text);
    if (!examined.is_utf8) return violations_.NotUtf8(step);
    if (examined.has_control_character) violations_.ControlCharacter(step);
    if (examined.characters > plan.max_length) return violations_.TooLong(step, plan.max_length, examined.characters);
    if (plan.pattern != nullptr && !text.empty() && !plan.pattern->Matches(text)) {
      violations_.NoMatch(step, plan.pattern->text());
    }
  }

  void CheckEnum(const FieldPlan& plan, int value, const Step& step) {
    if (!std::binary_search(plan.known_values.begin(), plan.known_values.end(), value))
      violations_.UnknownValue(step, value);
  }

  void CheckInteger(const FieldPlan& plan, const Message& message, const Reflection& reflection, const Step& step) {
    if (!plan.minimum && !plan.maximum) return;
    const bool is_element = step.index >= 0;
    switch (plan.field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return CheckRange(plan,
                          is_element ? reflection.GetRepeatedInt32(message, plan.field, step.index)
                                     : reflection.GetInt32(message, plan.field),
                          step);
      case FieldDescriptor::CPPTYPE_INT64:
        return CheckRange(plan,
                          is_element ? reflection.GetRepeatedInt64(message, plan.field, step.index)
                                     : reflection.GetInt64(message, plan.field),
                          step);
      case FieldDescriptor::CPPTYPE_UINT32:
        return CheckRange(plan,
                          is_element ? reflection.GetRepeatedUInt32(message, plan.field, step.index)
                                     : reflection.GetUInt32(message, plan.field),
                          step);
      case FieldDescriptor::CPPTYPE_UINT64:
        return CheckRange(plan,
                          is_element ? reflection.GetRepeatedUInt64(message, plan.field, step.index)
                                     : reflection.GetUInt64(message, plan.field),
                          step);
      default:
        return;
    }
  }

  // Any integer against limits of 64 bits with a sign.
  template <class Integer>
  void CheckRange(const FieldPlan& plan, Integer value, const Step& step) {
    const bool is_too_small = plan.minimum && std::cmp_less(value, *plan.minimum);
    const bool is_too_large = plan.maximum && std::cmp_greater(value, *plan.maximum);
    if (is_too_small || is_too_large) violations_.OutOfRange(step, plan, absl::StrCat(value));
  }

  Violations violations_;
  std::string scratch_;
};

}  // namespace

Violations Walk(const Plan& plan, const Message& message) {
  Walker walker;
  walker.Walk(plan.root(), message, nullptr, 0);
  return std::move(walker).Take();
}

}  // namespace jiebang::field_limits
