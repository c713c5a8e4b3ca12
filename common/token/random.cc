#include "common/token/random.h"

#include "common/token/openssl.h"
#include <openssl/rand.h>

namespace jiebang::token {

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  MustHold(RAND_bytes(Out(bytes), static_cast<int>(count)) == 1, "RAND_bytes");
  return bytes;
}

}  // namespace jiebang::token
