// What a text is made of, found in one pass: this runs over every byte of every request.
#ifndef JIEBANG_COMMON_FIELD_LIMITS_TEXT_H_
#define JIEBANG_COMMON_FIELD_LIMITS_TEXT_H_

#include <cstddef>
#include <string_view>

namespace jiebang::field_limits {

struct Text {
  bool is_utf8 = true;                 // RFC 3629: no surrogates, nothing beyond U+10FFFF, shortest forms only
  bool has_control_character = false;  // Unicode's Cc other than tab, line feed and carriage return
  std::size_t characters = 0;          // code points; without meaning where the text is no UTF-8
};

Text Examine(std::string_view text);

}  // namespace jiebang::field_limits

#endif  // JIEBANG_COMMON_FIELD_LIMITS_TEXT_H_
