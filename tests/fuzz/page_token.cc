// Page tokens: a line of filters, then the token, which is a caller's, or a position, from which one is made.
#include "common/page_token/page_token.h"

#include <string>

#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  static const PageTokens tokens(std::string(32, 'k'));
  fuzz::Parts input(data, size);
  const std::string_view filters = input.Line();
  const std::string_view text = input.Rest();
  fuzz::Must(text.empty() || !tokens.Open(text, filters).ok(), "nobody can write a token without the key");
  const std::string made = tokens.Make(text, filters);
  const absl::StatusOr<std::string> position = tokens.Open(made, filters);
  fuzz::Must(position.ok() && *position == text, "a token leads to its position");
  if (!text.empty()) {
    fuzz::Must(!tokens.Open(made, std::string(filters) + "x").ok(), "a token is of no use with another request");
  }
  return 0;
}
