#include "services/gateway/openapi/examples.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/field_limits/text.h"
#include "google/api/resource.pb.h"
#include "re2/re2.h"
#include "services/gateway/json/scalars.h"
#include "services/gateway/openapi/contract.h"
#include "services/gateway/openapi/pattern_sample.h"

namespace jiebang::gateway::openapi {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kDeepest = 4;

// Values that read like the field's. One that does not keep the field's limits is not used.
const std::map<std::string, std::string>& TextsByName() {
  static const auto* const texts = new std::map<std::string, std::string>{
      {"application",
       "programmes/smart-manufacturing-2026/units/jiangsu/applicants/91320500MA1EXAMP0X/applications/plant-1"},
      {"applications",
       "programmes/smart-manufacturing-2026/units/jiangsu/applicants/91320500MA1EXAMP0X/applications/plant-1"},
      {"category", "province"},
      {"central_group", "china-fast"},
      {"contact_name", "张三"},
      {"contact_phone", "0512-67901234"},
      {"declared_by", "张三"},
      {"description", "以数字孪生驱动产线的柔性调度。"},
      {"display_name", "苏州示范制造有限公司"},
      {"industry_code", "3670"},
      {"reason", "附件与申报书不一致，请更正。"},
      {"region_code", "320500"},
      {"request_id", "2026-03-31-0001"},
      {"text", "本项目建成覆盖设计、生产、仓储的智能工厂。"},
      {"title", "汽车零部件智能工厂"},
      {"track", "excellent-factory"},
  };
  return *texts;
}

// The ids in names of resources.
const std::map<std::string, std::string>& IdsByName() {
  static const auto* const ids = new std::map<std::string, std::string>{
      {"{applicant}", "91320500MA1EXAMP0X"},
      {"{programme}", "smart-manufacturing-2026"},
      {"{unit}", "jiangsu"},
      {"{uscc}", "91320500MA1EXAMP0X"},
      {"{year}", "2026"},
  };
  return *ids;
}

// A name of this form (`units/{unit}`) with ids in it.
std::string NameOfForm(std::string form) {
  form = absl::StrReplaceAll(form, IdsByName());
  RE2::GlobalReplace(&form, "\\{([a-z_]+)\\}", "\\1-1");
  return form;
}

// By the form that the resource's declaration gives for its own name, or the field's comment for another one's; "" when
// neither does.
std::string NameFor(const FieldDescriptor& field) {
  const auto& resource = field.containing_type()->options().GetExtension(google::api::resource);
  if (field.name() == "name" && !resource.pattern().empty()) return NameOfForm(resource.pattern(0));
  std::string form;
  if (!RE2::PartialMatch(CommentOf(field), "`([a-zA-Z]+/\\{[^`]*)`", &form)) return "";
  return NameOfForm(form);
}

bool Fits(const std::string& text, const options::v1::FieldLimits& limits) {
  if (field_limits::Examine(text).characters > limits.max_length()) return false;
  return limits.pattern().empty() || RE2::FullMatch(text, limits.pattern());
}

std::string TextOf(const FieldDescriptor& field) {
  const options::v1::FieldLimits limits = LimitsOf(field);
  const auto by_name = TextsByName().find(field.name());
  const std::string candidates[] = {
      by_name == TextsByName().end() ? "" : by_name->second,
      NameFor(field),
      limits.pattern().empty() ? "" : absl::StrCat(absl::StrReplaceAll(field.name(), {{"_", "-"}}), "-1"),
      limits.pattern().empty() ? "" : SampleOf(limits.pattern()).value_or(""),
  };
  for (const std::string& candidate : candidates) {
    if (!candidate.empty() && Fits(candidate, limits)) return candidate;
  }
  return limits.pattern().empty() ? "示例" : "";
}

class Writer {
 public:
  Json Message(const Descriptor& message, const std::function<bool(const FieldDescriptor&)>& wanted) {
    Json object = Json::Object();
    std::set<const google::protobuf::OneofDescriptor*> oneofs;
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      const auto* const oneof = field.real_containing_oneof();
      if (!wanted(field) || (oneof != nullptr && !oneofs.insert(oneof).second)) continue;
      object.Set(field.json_name(), Field(field));
    }
    return object;
  }

 private:
  static bool IsSentByCallers(const FieldDescriptor& field) {
    return !Is(google::api::OUTPUT_ONLY, field) && !Is(google::api::IDENTIFIER, field) && field.name() != "etag";
  }

  Json Field(const FieldDescriptor& field) {
    if (field.is_map()) return Json::Object().Set("key", Value(*field.message_type()->map_value()));
    if (!field.is_repeated()) return Value(field);
    Json list = Json::List();
    if (depth_ < kDeepest) list.Add(Value(field));
    return list;
  }

  Json Value(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return Json::Bool(true);
      case FieldDescriptor::CPPTYPE_ENUM:
        return Json::Text(field.enum_type()->value(field.enum_type()->value_count() > 1 ? 1 : 0)->name());
      case FieldDescriptor::CPPTYPE_STRING:
        return Json::Text(field.type() == FieldDescriptor::TYPE_BYTES ? "5pm66IO95bel5Y6C" : TextOf(field));
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT64:
        return Json::Text(absl::StrCat(NumberOf(field)));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return MessageValue(*field.message_type());
      default:
        return Json::Number(NumberOf(field));
    }
  }

  static std::int64_t NumberOf(const FieldDescriptor& field) {
    const options::v1::FieldLimits limits = LimitsOf(field);
    const std::int64_t least = limits.has_minimum() ? limits.minimum() : 1;
    return limits.has_maximum() ? std::min(std::max<std::int64_t>(least, 1), limits.maximum())
                                : std::max<std::int64_t>(least, 1);
  }

  Json MessageValue(const Descriptor& message) {
    if (message.full_name() == "google.type.Date") return Json::Raw(R"({"year": 2026, "month": 3, "day": 31})");
    if (json::IsWrittenAsString(message)) {
      return Json::Text(message.name() == "Timestamp"  ? "2026-03-31T08:00:00Z"
                        : message.name() == "Duration" ? "1.5s"
                                                       : "title");
    }
    if (depth_ >= kDeepest) return Json::Object();
    ++depth_;
    Json object = Message(message, IsSentByCallers);
    --depth_;
    return object;
  }

  int depth_ = 0;
};

}  // namespace

Json ExampleOf(const Descriptor& message, const std::function<bool(const FieldDescriptor&)>& wanted) {
  return Writer().Message(message, wanted);
}

}  // namespace jiebang::gateway::openapi
