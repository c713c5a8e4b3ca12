#include "services/gateway/json/scalars.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"

namespace jiebang::gateway::json {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// A whole number with a point or an exponent passes through a double on its way, which has this many digits for sure.
constexpr std::int64_t kExactDigits = 15;

absl::string_view Abseil(std::string_view text) { return {text.data(), text.size()}; }

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

bool IsPlainInteger(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return IsDigits(text) && (text.size() == 1 || text.front() != '0');
}

// The plain digits of a number of JSON that has a point or an exponent and is whole all the same: "1.50e2" is "150".
std::optional<std::string> WholeOf(std::string_view number) {
  const bool is_negative = number.starts_with('-');
  if (is_negative) number.remove_prefix(1);
  std::int64_t exponent = 0;
  if (const std::size_t e = number.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view digits = number.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    if (!absl::SimpleAtoi(Abseil(digits), &exponent) || std::abs(exponent) > kExactDigits * 2) return std::nullopt;
    number = number.substr(0, e);
  }
  std::string digits(number);
  if (const std::size_t point = digits.find('.'); point != std::string::npos) {
    exponent -= static_cast<std::int64_t>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return "0";
  while (digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  if (exponent < 0 || static_cast<std::int64_t>(digits.size()) + exponent > kExactDigits) return std::nullopt;
  digits.append(static_cast<std::size_t>(exponent), '0');
  return is_negative ? absl::StrCat("-", digits) : digits;
}

template <class Integer>
std::optional<Mismatch> MismatchOfInteger(std::string_view text) {
  // SimpleAtoi takes spaces and a plus sign, too.
  Integer value = 0;
  if (IsPlainInteger(text) && absl::SimpleAtoi(Abseil(text), &value)) return std::nullopt;
  using Limits = std::numeric_limits<Integer>;
  return Mismatch{absl::StrCat("must be a whole number from ", Limits::min(), " to ", Limits::max(),
                               ", as a number or as a string of digits"),
                  absl::StrCat("须为 ", Limits::min(), " 至 ", Limits::max(), " 的整数（数字或由数字组成的字符串）")};
}

std::optional<Mismatch> MismatchOfInteger(std::string_view text, FieldDescriptor::CppType type) {
  switch (type) {
    case FieldDescriptor::CPPTYPE_INT64:
      return MismatchOfInteger<std::int64_t>(text);
    case FieldDescriptor::CPPTYPE_UINT32:
      return MismatchOfInteger<std::uint32_t>(text);
    case FieldDescriptor::CPPTYPE_UINT64:
      return MismatchOfInteger<std::uint64_t>(text);
    default:
      return MismatchOfInteger<std::int32_t>(text);
  }
}

std::optional<Mismatch> MismatchOfInteger(const Token& token, FieldDescriptor::CppType type) {
  if (token.kind == Token::Kind::kNumber && !IsPlainInteger(token.text)) {
    return MismatchOfInteger(WholeOf(token.text).value_or(""), type);
  }
  const bool has_digits = token.kind == Token::Kind::kNumber || token.kind == Token::Kind::kString;
  return MismatchOfInteger(has_digits ? token.text : "", type);
}

// Exactly one number of JSON.
bool IsNumber(std::string_view text) {
  Lexer lexer(text);
  const Token number = lexer.Next();
  return number.kind == Token::Kind::kNumber && number.text == text;
}

std::optional<Mismatch> MismatchOfFloat(const Token& token, double largest) {
  const bool is_string = token.kind == Token::Kind::kString;
  if (is_string && (token.text == "NaN" || token.text == "Infinity" || token.text == "-Infinity")) return std::nullopt;
  double value = 0;
  if ((token.kind == Token::Kind::kNumber || (is_string && IsNumber(token.text))) &&
      absl::SimpleAtod(Abseil(token.text), &value) && std::abs(value) <= largest) {
    return std::nullopt;
  }
  return Mismatch{"must be a number within the range of its type, or \"NaN\", \"Infinity\" or \"-Infinity\"",
                  "须为类型范围内的数值，或 \"NaN\"、\"Infinity\"、\"-Infinity\""};
}

// Of either alphabet of RFC 4648, not of both, with or without padding.
bool IsBase64(std::string_view text) {
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  if (padding > 0 && text.size() % 4 != 0) return false;
  text.remove_suffix(padding);
  const auto consists_of = [text](std::string_view marks) {
    return std::all_of(text.begin(), text.end(), [marks](char c) {
      return absl::ascii_isalnum(static_cast<unsigned char>(c)) || marks.find(c) != std::string_view::npos;
    });
  };
  return text.size() % 4 != 1 && (consists_of("+/") || consists_of("-_"));
}

std::optional<Mismatch> MismatchOfEnum(const Token& token, const google::protobuf::EnumDescriptor& type) {
  if (token.kind == Token::Kind::kNumber && !MismatchOfInteger(token, FieldDescriptor::CPPTYPE_INT32)) {
    return std::nullopt;
  }
  if (token.kind == Token::Kind::kString && type.FindValueByName(std::string(token.text)) != nullptr) {
    return std::nullopt;
  }
  return Mismatch{absl::StrCat("must be the name of a value of ", type.full_name(), ", or its number"),
                  absl::StrCat("须为 ", type.full_name(), " 的枚举值名称或编号")};
}

bool IsFieldMask(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == ',' || c == '*';
  });
}

}  // namespace

std::optional<Mismatch> MismatchOf(const Token& token, const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      if (token.kind == Token::Kind::kTrue || token.kind == Token::Kind::kFalse) return std::nullopt;
      return Mismatch{"must be true or false", "须为 true 或 false"};
    case FieldDescriptor::CPPTYPE_STRING: {
      const bool is_bytes = field.type() == FieldDescriptor::TYPE_BYTES;
      if (token.kind == Token::Kind::kString && (!is_bytes || IsBase64(token.text))) return std::nullopt;
      return is_bytes ? Mismatch{"must be a string in base64 or base64url", "须为 base64 或 base64url 字符串"}
                      : Mismatch{"must be a string", "须为字符串"};
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return MismatchOfEnum(token, *field.enum_type());
    case FieldDescriptor::CPPTYPE_FLOAT:
      return MismatchOfFloat(token, std::numeric_limits<float>::max());
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return MismatchOfFloat(token, std::numeric_limits<double>::max());
    default:
      return MismatchOfInteger(token, field.cpp_type());
  }
}

std::optional<Mismatch> MismatchOfKey(std::string_view text, const FieldDescriptor& key) {
  if (key.cpp_type() == FieldDescriptor::CPPTYPE_STRING) return std::nullopt;
  if (key.cpp_type() != FieldDescriptor::CPPTYPE_BOOL) return MismatchOfInteger(text, key.cpp_type());
  if (text == "true" || text == "false") return std::nullopt;
  return Mismatch{"must be \"true\" or \"false\"", "须为 \"true\" 或 \"false\""};
}

bool IsWrittenAsString(const Descriptor& type) {
  return type.full_name() == google::protobuf::Timestamp::descriptor()->full_name() ||
         type.full_name() == google::protobuf::Duration::descriptor()->full_name() ||
         type.full_name() == google::protobuf::FieldMask::descriptor()->full_name();
}

bool IsWrapper(const Descriptor& type) { return type.file()->name() == "google/protobuf/wrappers.proto"; }

std::optional<Mismatch> MismatchOfText(const Token& token, const Descriptor& type) {
  using google::protobuf::util::TimeUtil;
  const std::string text(token.kind == Token::Kind::kString ? token.text : "");
  const bool is_string = token.kind == Token::Kind::kString;
  if (absl::EndsWith(type.full_name(), ".Timestamp")) {
    google::protobuf::Timestamp time;
    if (is_string && TimeUtil::FromString(text, &time)) return std::nullopt;
    return Mismatch{"must be a time of RFC 3339, such as \"2026-03-31T16:00:00Z\"",
                    "须为 RFC 3339 时间，如 \"2026-03-31T16:00:00Z\""};
  }
  if (absl::EndsWith(type.full_name(), ".Duration")) {
    google::protobuf::Duration duration;
    if (is_string && TimeUtil::FromString(text, &duration)) return std::nullopt;
    return Mismatch{"must be seconds, such as \"1.5s\"", "须为秒数，如 \"1.5s\""};
  }
  if (is_string && IsFieldMask(text)) return std::nullopt;
  return Mismatch{"must be the paths of fields with commas between them, such as \"title,contactPhone\"",
                  "须为以逗号分隔的字段路径，如 \"title,contactPhone\""};
}

}  // namespace jiebang::gateway::json
