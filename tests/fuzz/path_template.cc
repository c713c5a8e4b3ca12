// Path templates of google.api.http.
#include "services/gateway/rest/path_template.h"

#include <string_view>

#include "tests/fuzz/must.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  const auto parsed = gateway::PathTemplate::Parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!parsed.ok()) return 0;
  for (const gateway::PathVariable& variable : parsed->variables) {
    fuzz::Must(variable.begin < variable.end && variable.end <= parsed->segments.size(), "a variable has segments");
  }
  return 0;
}
