// Sealed principals: bytes that claim to be one, and the same bytes as a principal that is sealed here.
#include "common/token/principal_seal.h"

#include <string>

#include "absl/time/time.h"
#include "tests/fuzz/must.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  static const token::PrincipalSeal seal = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  const absl::Time now = absl::FromUnixSeconds(1'693'000'000);
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  fuzz::Must(!seal.Open(bytes, now).ok(), "nobody can seal without the key");

  token::Principal principal;
  if (!principal.ParseFromString(bytes)) return 0;
  std::string sealed = seal.Seal(principal);
  const absl::StatusOr<token::Principal> opened = seal.Open(sealed, now);
  fuzz::Must(!opened.ok() || opened->subject() == principal.subject(), "what is opened is what was sealed");
  sealed.back() ^= 1;
  fuzz::Must(!seal.Open(sealed, now).ok(), "a seal covers every byte");
  return 0;
}
