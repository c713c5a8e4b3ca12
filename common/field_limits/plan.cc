#include "common/field_limits/plan.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/field_limits/field_limits.h"
#include "common/status/status_macros.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/options/v1/limits.pb.h"

namespace jiebang::field_limits {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using options::v1::FieldLimits;
using Kind = FieldPlan::Kind;

absl::Status Senseless(const FieldDescriptor& field, const std::string& en, const std::string& zh) {
  return Refusal{
      .code = absl::StatusCode::kInvalidArgument,
      .reason = "FIELD_LIMITS_SENSELESS",
      .en = absl::StrCat(field.full_name(), ": ", en),
      .zh = absl::StrCat(field.full_name(), "：", zh),
      .metadata = {{"field", field.full_name()}},
  }
      .ToStatus();
}

bool Has(const FieldDescriptor& field, google::api::FieldBehavior behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

Kind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? Kind::kBytes : Kind::kString;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Kind::kEnum;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Kind::kMessage;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return Kind::kInteger;
    default:
      return Kind::kOther;
  }
}

absl::Status CheckFit(const FieldDescriptor& field, Kind kind, const FieldLimits& limits) {
  const bool limits_text = limits.max_length() > 0 || !limits.pattern().empty();
  if (limits_text && kind != Kind::kString) {
    return Senseless(field, "max_length and pattern are for strings", "max_length 与 pattern 只用于字符串");
  }
  if (limits.max_bytes() > 0 && kind != Kind::kBytes) {
    return Senseless(field, "max_bytes is for bytes", "max_bytes 只用于 bytes");
  }
  if (limits.max_items() > 0 && !field.is_repeated()) {
    return Senseless(field, "max_items is for repeated fields and maps", "max_items 只用于重复字段");
  }
  if ((limits.has_minimum() || limits.has_maximum()) && kind != Kind::kInteger) {
    return Senseless(field, "minimum and maximum are for integers", "minimum 与 maximum 只用于整数");
  }
  if (limits.has_minimum() && limits.has_maximum() && limits.minimum() > limits.maximum()) {
    return Senseless(field, "its minimum lies above its maximum", "minimum 大于 maximum");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Pattern>> CompilePattern(const FieldDescriptor& field,
                                                              const std::string& pattern) {
  if (pattern.empty()) return nullptr;
  auto compiled = std::make_shared<const Pattern>(pattern);
  if (!compiled->ok()) {
    return Senseless(field, absl::StrCat("its pattern is no RE2: ", compiled->error()),
                     absl::StrCat("pattern 不是有效的 RE2：", compiled->error()));
  }
  return compiled;
}

std::vector<int> ValuesOf(const google::protobuf::EnumDescriptor& type) {
  std::vector<int> values;
  for (int i = 0; i < type.value_count(); ++i) values.push_back(type.value(i)->number());
  absl::c_sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::size_t OrDefault(std::size_t limit, std::size_t standard) { return limit > 0 ? limit : standard; }

// A number without bounds, a boolean or a message with nothing to check: whatever it holds is right.
bool HoldsAnything(const FieldPlan& plan) {
  if (plan.is_repeated || plan.is_required) return false;
  switch (plan.kind) {
    case Kind::kOther:
      return true;
    case Kind::kInteger:
      return !plan.minimum && !plan.maximum;
    case Kind::kMessage:
      return plan.child == nullptr;
    default:
      return false;
  }
}

// Whether a whole message is sent, or (beside a field mask) only what is to change of it: then what it requires may be
// left out (AIP-203).
enum class Extent { kWhole, kChange };

Extent ExtentOfChildren(const Descriptor& request) {
  const FieldDescriptor* const mask = request.FindFieldByName("update_mask");
  const bool is_update = mask != nullptr && mask->message_type() != nullptr &&
                         mask->message_type()->full_name() == google::protobuf::FieldMask::descriptor()->full_name();
  return is_update ? Extent::kChange : Extent::kWhole;
}

void IndexByNumber(MessagePlan& message) {
  if (message.fields.size() > MessagePlan::kMostFieldsInBytes) return;
  for (std::size_t place = 0; place < message.fields.size(); ++place) {
    const int number = message.fields[place].field->number();
    if (number > MessagePlan::kLargestNumberInBytes) return;
    if (message.place_of_number.size() <= static_cast<std::size_t>(number)) {
      message.place_of_number.resize(number + 1, -1);
    }
    message.place_of_number[number] = static_cast<std::int8_t>(place);
  }
  message.can_be_read_in_bytes = true;
}

class Compiler {
 public:
  // The plan of the type; of one that is still being compiled, its address.
  absl::StatusOr<MessagePlan*> Compile(const Descriptor& descriptor, Extent extent) {
    const auto [place, is_new] = by_descriptor_.try_emplace({&descriptor, extent}, nullptr);
    if (!is_new) return place->second;
    plan_->messages.push_back(std::make_unique<MessagePlan>());
    MessagePlan* const message = plan_->messages.back().get();
    place->second = message;
    message->descriptor = &descriptor;
    for (int i = 0; i < descriptor.field_count(); ++i) {
      const FieldDescriptor& field = *descriptor.field(i);
      if (Has(field, google::api::OUTPUT_ONLY)) continue;
      ASSIGN_OR_RETURN(FieldPlan field_plan, CompileField(field));
      if (extent == Extent::kChange) field_plan.is_required = false;
      if (!HoldsAnything(field_plan)) message->fields.push_back(std::move(field_plan));
    }
    message->is_complete = true;
    IndexByNumber(*message);
    return message;
  }

  std::shared_ptr<const Plan> plan() const { return plan_; }

 private:
  absl::StatusOr<FieldPlan> CompileField(const FieldDescriptor& field) {
    const FieldLimits& limits = field.options().GetExtension(options::v1::limits);
    const Kind kind = KindOf(field);
    RETURN_IF_ERROR(CheckFit(field, kind, limits));
    FieldPlan plan{
        .field = &field,
        .kind = kind,
        .is_repeated = field.is_repeated(),
        .is_required = Has(field, google::api::REQUIRED),
        .max_length = OrDefault(limits.max_length(), kDefaultMaxLength),
        .max_bytes = OrDefault(limits.max_bytes(), kDefaultMaxBytes),
        .max_items = OrDefault(limits.max_items(), kDefaultMaxItems),
    };
    ASSIGN_OR_RETURN(plan.pattern, CompilePattern(field, limits.pattern()));
    if (limits.has_minimum()) plan.minimum = limits.minimum();
    if (limits.has_maximum()) plan.maximum = limits.maximum();
    if (kind == Kind::kEnum) plan.known_values = ValuesOf(*field.enum_type());
    if (kind == Kind::kMessage) {
      ASSIGN_OR_RETURN(const MessagePlan* const child,
                       Compile(*field.message_type(), ExtentOfChildren(*field.containing_type())));
      // A type that contains itself is still incomplete here, and is walked at least for its nesting.
      if (!child->is_complete || !child->fields.empty()) plan.child = child;
    }
    return plan;
  }

  std::shared_ptr<Plan> plan_ = std::make_shared<Plan>();
  std::map<std::pair<const Descriptor*, Extent>, MessagePlan*> by_descriptor_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Plan>> Compile(const Descriptor& descriptor) {
  Compiler compiler;
  RETURN_IF_ERROR(compiler.Compile(descriptor, Extent::kWhole).status());
  return compiler.plan();
}

}  // namespace jiebang::field_limits
