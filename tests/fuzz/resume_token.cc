// Resume tokens of watches.
#include <string_view>

#include "common/journal/position.h"
#include "tests/fuzz/must.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  const auto position = journal::Position::Parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!position.ok()) return 0;
  const auto again = journal::Position::Parse(position->Token());
  fuzz::Must(again.ok() && *again == *position, "a token of a position leads to it");
  return 0;
}
