// Key sets of issuers (RFC 7517), as a file has them.
#include "common/token/key_set.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)jiebang::token::ParseKeySet(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
