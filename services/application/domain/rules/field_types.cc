#include "services/application/domain/rules/field_types.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/programme/calendar.h"

namespace jiebang::application::rules {
namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && absl::c_all_of(text, [](unsigned char c) { return absl::ascii_isdigit(c); });
}

bool IsDecimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return IsDigits(text);
  return IsDigits(text.substr(0, point)) && IsDigits(text.substr(point + 1));
}

std::string Choices(const programme::v1::FormField& field) {
  return absl::StrJoin(field.choices(), ", ", [](std::string* out, const auto& one) { out->append(one.id()); });
}

}  // namespace

bool IsWrittenAs(const programme::v1::FormField& field, std::string_view text) {
  switch (field.type()) {
    case programme::v1::FIELD_TYPE_LINE:
      return text.find_first_of("\r\n") == std::string_view::npos;
    case programme::v1::FIELD_TYPE_DECIMAL:
      return IsDecimal(text);
    case programme::v1::FIELD_TYPE_DATE:
      return programme::ParseDay(text).has_value();
    case programme::v1::FIELD_TYPE_CHOICE:
      return absl::c_any_of(field.choices(), [&](const auto& one) { return one.id() == text; });
    default:
      return true;
  }
}

std::string WantedZh(const programme::v1::FormField& field) {
  switch (field.type()) {
    case programme::v1::FIELD_TYPE_LINE:
      return "一行文字";
    case programme::v1::FIELD_TYPE_DECIMAL:
      return "数字，如12.5";
    case programme::v1::FIELD_TYPE_DATE:
      return "日期，如2024-11-22";
    case programme::v1::FIELD_TYPE_CHOICE:
      return absl::StrCat("以下选项之一：", Choices(field));
    default:
      return "文字";
  }
}

std::string WantedEn(const programme::v1::FormField& field) {
  switch (field.type()) {
    case programme::v1::FIELD_TYPE_LINE:
      return "one line";
    case programme::v1::FIELD_TYPE_DECIMAL:
      return "a number such as 12.5";
    case programme::v1::FIELD_TYPE_DATE:
      return "a date such as 2024-11-22";
    case programme::v1::FIELD_TYPE_CHOICE:
      return absl::StrCat("one of ", Choices(field));
    default:
      return "text";
  }
}

}  // namespace jiebang::application::rules
