// Programme files.
#include <string>

#include "common/programme/loader.h"
#include "tests/fuzz/must.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  const auto programmes =
      programme::ParseProgrammes({{.path = "p.textproto", .text = {reinterpret_cast<const char*>(data), size}}});
  fuzz::Must(programmes.ok() || absl::IsInvalidArgument(programmes.status()), "a file is good or INVALID_ARGUMENT");
  return 0;
}
