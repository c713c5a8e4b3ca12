#include "common/store/prefix.h"

namespace jiebang::store {

std::optional<std::string> EndOfPrefix(std::string prefix) {
  // Nothing stands between "a\xff..." and "b".
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (prefix.empty()) return std::nullopt;
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

}  // namespace jiebang::store
