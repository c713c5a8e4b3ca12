#include "services/gateway/json/lexer.h"

#include "absl/strings/ascii.h"

namespace jiebang::gateway::json {
namespace {

constexpr std::int32_t kNoCodeUnit = -1;

bool IsHighSurrogate(std::int32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool IsLowSurrogate(std::int32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

void AppendUtf8(std::uint32_t character, std::string& text) {
  const auto append = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (character < 0x80) {
    append(character);
  } else if (character < 0x800) {
    append(0xC0 | (character >> 6));
    append(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    append(0xE0 | (character >> 12));
    append(0x80 | ((character >> 6) & 0x3F));
    append(0x80 | (character & 0x3F));
  } else {
    append(0xF0 | (character >> 18));
    append(0x80 | ((character >> 12) & 0x3F));
    append(0x80 | ((character >> 6) & 0x3F));
    append(0x80 | (character & 0x3F));
  }
}

}  // namespace

Token Lexer::Next() {
  while (at_ < json_.size() && std::string_view(" \t\r\n").find(json_[at_]) != std::string_view::npos) ++at_;
  if (at_ == json_.size()) return {.kind = Token::Kind::kEnd, .offset = at_};
  const auto mark = [this](Token::Kind kind) { return Token{.kind = kind, .offset = at_++}; };
  switch (json_[at_]) {
    case '{':
      return mark(Token::Kind::kBeginObject);
    case '}':
      return mark(Token::Kind::kEndObject);
    case '[':
      return mark(Token::Kind::kBeginArray);
    case ']':
      return mark(Token::Kind::kEndArray);
    case ':':
      return mark(Token::Kind::kColon);
    case ',':
      return mark(Token::Kind::kComma);
    case '"':
      return String();
    case 't':
      return Word("true", Token::Kind::kTrue);
    case 'f':
      return Word("false", Token::Kind::kFalse);
    case 'n':
      return Word("null", Token::Kind::kNull);
    default:
      return Number();
  }
}

Token Lexer::String() {
  const std::size_t begin = at_++;
  std::size_t plain = at_;  // where the characters begin that are not in unescaped_ yet
  unescaped_.clear();
  bool has_escapes = false;
  for (; at_ < json_.size(); ++at_) {
    const char c = json_[at_];
    if (c == '"') {
      std::string_view text = json_.substr(plain, at_ - plain);
      if (has_escapes) text = unescaped_.append(text);
      ++at_;
      return {.kind = Token::Kind::kString, .text = text, .offset = begin};
    }
    if (static_cast<unsigned char>(c) < 0x20) {
      return Fault("a control character in a string, which JSON writes as an escape", "字符串中有未转义的控制字符");
    }
    if (c != '\\') continue;
    has_escapes = true;
    unescaped_.append(json_.substr(plain, at_ - plain));
    if (!Escape())
      return Fault("no escape sequence of JSON, or half a surrogate pair", "无效的转义序列或不成对的代理项");
    plain = at_ + 1;
  }
  return Fault("a string that does not end", "字符串没有结束");
}

bool Lexer::Escape() {
  ++at_;
  if (at_ == json_.size()) return false;
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (const std::size_t found = kLetters.find(json_[at_]); found != std::string_view::npos) {
    unescaped_.push_back(kMeanings[found]);
    return true;
  }
  if (json_[at_] != 'u') return false;
  const std::int32_t unit = CodeUnit();
  if (unit == kNoCodeUnit || IsLowSurrogate(unit)) return false;
  auto character = static_cast<std::uint32_t>(unit);
  if (IsHighSurrogate(unit)) {
    if (json_.substr(at_ + 1, 2) != "\\u") return false;
    at_ += 2;
    const std::int32_t low = CodeUnit();
    if (!IsLowSurrogate(low)) return false;
    character = 0x10000 + ((character - 0xD800) << 10) + (static_cast<std::uint32_t>(low) - 0xDC00);
  }
  AppendUtf8(character, unescaped_);
  return true;
}

std::int32_t Lexer::CodeUnit() {
  std::int32_t unit = 0;
  for (int i = 0; i < 4; ++i) {
    if (++at_ >= json_.size() || !absl::ascii_isxdigit(static_cast<unsigned char>(json_[at_]))) {
      at_ = at_ < json_.size() ? at_ : json_.size() - 1;
      return kNoCodeUnit;
    }
    const char digit = absl::ascii_tolower(static_cast<unsigned char>(json_[at_]));
    unit = unit * 16 + (digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  return unit;
}

Token Lexer::Number() {
  const std::size_t begin = at_;
  if (json_[at_] == '-') ++at_;
  const bool is_zero = at_ < json_.size() && json_[at_] == '0';
  if (is_zero) {
    ++at_;
  } else if (!SkipDigits()) {
    at_ = begin;
    return Fault("a value of JSON is wanted", "此处应为 JSON 值");
  }
  if (at_ < json_.size() && json_[at_] == '.') {
    ++at_;
    if (!SkipDigits()) return Fault("a number without digits behind its point", "小数点后没有数字");
  }
  if (at_ < json_.size() && (json_[at_] == 'e' || json_[at_] == 'E')) {
    ++at_;
    if (at_ < json_.size() && (json_[at_] == '+' || json_[at_] == '-')) ++at_;
    if (!SkipDigits()) return Fault("a number without digits in its exponent", "指数部分没有数字");
  }
  if (at_ < json_.size() && absl::ascii_isalnum(static_cast<unsigned char>(json_[at_]))) {
    return Fault("no number of JSON (leading zeros and hexadecimal digits are none of it)", "不是 JSON 数字");
  }
  return {.kind = Token::Kind::kNumber, .text = json_.substr(begin, at_ - begin), .offset = begin};
}

bool Lexer::SkipDigits() {
  const std::size_t begin = at_;
  while (at_ < json_.size() && absl::ascii_isdigit(static_cast<unsigned char>(json_[at_]))) ++at_;
  return at_ > begin;
}

Token Lexer::Word(std::string_view word, Token::Kind kind) {
  const std::size_t begin = at_;
  if (json_.substr(at_, word.size()) != word) return Fault("a value of JSON is wanted", "此处应为 JSON 值");
  at_ += word.size();
  if (at_ < json_.size() && absl::ascii_isalnum(static_cast<unsigned char>(json_[at_]))) {
    at_ = begin;
    return Fault("a value of JSON is wanted", "此处应为 JSON 值");
  }
  return {.kind = kind, .offset = begin};
}

Token Lexer::Fault(std::string_view en, std::string_view zh) const {
  return {.kind = Token::Kind::kFault, .text = en, .fault_zh = zh, .offset = at_};
}

}  // namespace jiebang::gateway::json
