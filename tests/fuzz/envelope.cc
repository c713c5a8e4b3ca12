// Bodies of Connect's streams and of gRPC-Web: messages behind flags and length.
#include "services/gateway/http/envelope.h"

#include <algorithm>
#include <string>

#include "tests/fuzz/must.h"

namespace {

using namespace jiebang;  // NOLINT: a target's only file

constexpr std::size_t kMaxBytes = 1000;

// What a reader makes of a body that comes in pieces of `piece` bytes, written again.
std::string Read(std::string_view body, std::size_t piece) {
  gateway::EnvelopeReader reader(kMaxBytes);
  std::string text;
  while (!body.empty()) {
    reader.Add(std::string(body.substr(0, piece)));
    body.remove_prefix(std::min(piece, body.size()));
    while (true) {
      const auto envelope = reader.Next();
      if (!envelope.ok()) return text + "too long";
      if (!*envelope) break;
      fuzz::Must((*envelope)->bytes.size() <= kMaxBytes, "a message is within its limit");
      text += gateway::Enveloped((*envelope)->flags, (*envelope)->bytes);
    }
  }
  return text + (reader.is_empty() ? "" : "more");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // The first byte says how large the pieces are.
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = Read(body, std::max<std::size_t>(body.size(), 1));
  fuzz::Must(whole == Read(body, data[0] + std::size_t{1}), "it does not matter in which pieces a body comes");
  if (!whole.ends_with("more") && !whole.ends_with("too long")) {
    fuzz::Must(whole == body, "what is written again is what was read");
  }
  return 0;
}
