// What a string must match as a whole. Most patterns of our contracts are one class of characters and how many of them,
// e.g. `[a-z0-9-]{1,63}`: these are looked up in a table, which takes a tenth of what RE2 does and is asked for every
// element of every list.
#ifndef JIEBANG_COMMON_FIELD_LIMITS_PATTERN_H_
#define JIEBANG_COMMON_FIELD_LIMITS_PATTERN_H_

#include <bitset>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "re2/re2.h"

namespace jiebang::field_limits {

// One class of ASCII characters, so many times.
struct RepeatedClass {
  std::bitset<128> members;
  std::size_t least = 0;
  std::size_t most = 0;

  // nullopt: the pattern says more than `[...]` followed by `*`, `+`, `{n}` or `{n,m}`, or uses an escape.
  static std::optional<RepeatedClass> Parse(std::string_view pattern);

  bool Matches(std::string_view text) const;
};

class Pattern {
 public:
  // `pattern`: RE2 syntax; ok() says whether it is.
  explicit Pattern(const std::string& pattern);

  bool ok() const { return re2_->ok(); }
  const std::string& text() const { return re2_->pattern(); }
  const std::string& error() const { return re2_->error(); }

  // True: whatever matches is printable ASCII.
  bool is_printable_ascii() const { return is_printable_ascii_; }

  bool Matches(std::string_view text) const {
    return repeated_class_ ? repeated_class_->Matches(text) : RE2::FullMatch({text.data(), text.size()}, *re2_);
  }

 private:
  std::unique_ptr<const RE2> re2_;
  std::optional<RepeatedClass> repeated_class_;
  bool is_printable_ascii_ = false;
};

}  // namespace jiebang::field_limits

#endif  // JIEBANG_COMMON_FIELD_LIMITS_PATTERN_H_
