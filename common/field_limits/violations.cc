#include "common/field_limits/violations.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/field_limits/field_limits.h"
#include "google/protobuf/text_format.h"

namespace jiebang::field_limits {
namespace {

// The key as the text format spells it: strings quoted and escaped, whatever bytes they hold.
std::string KeyOf(const google::protobuf::Message& entry) {
  std::string key;
  google::protobuf::TextFormat::PrintFieldValueToString(entry, entry.GetDescriptor()->map_key(), -1, &key);
  return key;
}

}  // namespace

std::string PathOf(const Step& step) {
  std::string path = step.before == nullptr ? "" : absl::StrCat(PathOf(*step.before), ".");
  absl::StrAppend(&path, step.field->name());
  if (step.map_entry != nullptr) {
    absl::StrAppend(&path, "[", KeyOf(*step.map_entry), "]");
  } else if (step.index >= 0) {
    absl::StrAppend(&path, "[", step.index, "]");
  }
  return path;
}

void Violations::Missing(const Step& step) { Add(step, "is required", "必填"); }

void Violations::NotUtf8(const Step& step) { Add(step, "must be UTF-8", "须为 UTF-8 文本"); }

void Violations::ControlCharacter(const Step& step) {
  Add(step, "must have no control characters other than tab and line ends", "不得含有制表符和换行以外的控制字符");
}

void Violations::TooLong(const Step& step, std::size_t most, std::size_t characters) {
  Add(step, absl::StrCat("may have ", most, " characters and has ", characters),
      absl::StrCat("最多 ", most, " 个字符，现有 ", characters, " 个"));
}

void Violations::TooManyBytes(const Step& step, std::size_t most, std::size_t bytes) {
  Add(step, absl::StrCat("may have ", most, " bytes and has ", bytes),
      absl::StrCat("最多 ", most, " 字节，现有 ", bytes, " 字节"));
}

void Violations::TooManyItems(const Step& step, std::size_t most, std::size_t items) {
  Add(step, absl::StrCat("may have ", most, " items and has ", items),
      absl::StrCat("最多 ", most, " 项，现有 ", items, " 项"));
}

void Violations::NoMatch(const Step& step, const std::string& pattern) {
  Add(step, absl::StrCat("must have the form ", pattern), absl::StrCat("须符合格式 ", pattern));
}

void Violations::OutOfRange(const Step& step, const FieldPlan& plan, const std::string& value) {
  const std::string from = plan.minimum ? absl::StrCat(*plan.minimum) : "-∞";
  const std::string to = plan.maximum ? absl::StrCat(*plan.maximum) : "∞";
  Add(step, absl::StrCat("must be from ", from, " to ", to, " and is ", value),
      absl::StrCat("须在 ", from, " 至 ", to, " 之间，现为 ", value));
}

void Violations::UnknownValue(const Step& step, int value) {
  Add(step, absl::StrCat("has no value ", value), absl::StrCat("没有取值 ", value));
}

void Violations::NestedTooDeep(const Step& step) {
  Add(step, absl::StrCat("is nested deeper than ", kMaxNesting, " messages"),
      absl::StrCat("嵌套超过 ", kMaxNesting, " 层"));
}

absl::Status Violations::ToStatus() && {
  const std::string first = absl::StrCat(all_.front().field, " ", all_.front().description);
  return Refusal{
      .code = absl::StatusCode::kInvalidArgument,
      .reason = "FIELDS_INVALID",
      .en = absl::StrCat("Fields of the request are invalid: ", all_.size(), ". The first: ", first),
      .zh = absl::StrCat("请求中有 ", all_.size(), " 处字段无效，第一处：", first),
      .fields = std::move(all_),
  }
      .ToStatus();
}

void Violations::Add(const Step& step, const std::string& en, const std::string& zh) {
  all_.push_back({.field = PathOf(step), .description = absl::StrCat(en, " / ", zh)});
}

}  // namespace jiebang::field_limits
