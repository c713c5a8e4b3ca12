// The tokens of a JSON text, by the letter of RFC 8259: what parsers let pass out of kindness (comments, single quotes,
// trailing commas, bare words) is a fault here, since two parsers would not agree on what it means.
#ifndef JIEBANG_SERVICES_GATEWAY_JSON_LEXER_H_
#define JIEBANG_SERVICES_GATEWAY_JSON_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiebang::gateway::json {

struct Token {
  enum class Kind {
    kBeginObject,
    kEndObject,
    kBeginArray,
    kEndArray,
    kColon,
    kComma,
    kString,
    kNumber,
    kTrue,
    kFalse,
    kNull,
    kEnd,
    kFault,
  };

  Kind kind = Kind::kEnd;
  // kString: its characters, unescaped. kNumber: as written. kFault: what is wrong. Until the next token is read.
  std::string_view text;
  std::string_view fault_zh;
  std::size_t offset = 0;  // of its first byte, or of the fault
};

class Lexer {
 public:
  // `json` outlives the lexer and is UTF-8: nothing here looks at how characters are encoded.
  explicit Lexer(std::string_view json) : json_(json) {}

  Token Next();

 private:
  Token String();
  Token Number();
  Token Word(std::string_view word, Token::Kind kind);
  Token Fault(std::string_view en, std::string_view zh) const;

  // True when the escape sequence at the position was read onto unescaped_.
  bool Escape();
  // The four hexadecimal digits at the position; -1 when they are none.
  std::int32_t CodeUnit();
  bool SkipDigits();

  const std::string_view json_;
  std::size_t at_ = 0;
  std::string unescaped_;
};

}  // namespace jiebang::gateway::json

#endif  // JIEBANG_SERVICES_GATEWAY_JSON_LEXER_H_
