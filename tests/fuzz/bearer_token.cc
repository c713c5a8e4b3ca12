// Bearer tokens. A line `raw` and a token as a caller sends it; or two lines, a header and claims, which are signed
// here, so that what is behind the signature is reached, too.
#include "common/token/bearer_token.h"

#include <string>

#include "absl/time/time.h"
#include "common/token/base64url.h"
#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  static const token::SigningKey key = token::SigningKey::Generate();
  static const token::BearerVerifier verifier({key.verifying_key()}, "jiebang");
  const absl::Time now = absl::FromUnixSeconds(1'693'000'000);

  fuzz::Parts input(data, size);
  const std::string_view first = input.Line();
  if (first == "raw") {
    const bool believed = verifier.Verify(input.Rest(), now).ok();
    fuzz::Must(!believed, "nobody can write a token without the key");
    return 0;
  }
  std::string text = token::ToBase64Url(first) + "." + token::ToBase64Url(input.Rest());
  text += "." + token::ToBase64Url(key.Sign(text));
  const auto outcome = verifier.Verify(text, now);
  fuzz::Must(outcome.ok() || absl::IsUnauthenticated(outcome.status()), "a token is good or UNAUTHENTICATED");
  return 0;
}
