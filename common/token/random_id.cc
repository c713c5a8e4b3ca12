#include "common/token/random_id.h"

#include "common/token/base64url.h"
#include "common/token/openssl.h"
#include <openssl/rand.h>

namespace jiebang::token {

std::string RandomId() {
  std::string bytes(16, '\0');
  MustHold(RAND_bytes(Out(bytes), static_cast<int>(bytes.size())) == 1, "RAND_bytes");
  return ToBase64Url(bytes);
}

}  // namespace jiebang::token
