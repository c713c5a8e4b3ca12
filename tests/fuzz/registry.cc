// Registry files of platforms.
#include "services/gateway/identity/registry.h"

#include <string>

#include "tests/fuzz/must.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  const auto read_secret = [](const std::string& path) -> absl::StatusOr<std::string> {
    if (path.empty()) return absl::NotFoundError("no file");
    return path + "-0123456789abcdef0123456789abcdef";
  };
  const auto registry = gateway::Registry::Parse(std::string(reinterpret_cast<const char*>(data), size), read_secret);
  if (!registry.ok()) {
    fuzz::Must(absl::IsInvalidArgument(registry.status()), "a registry is good or INVALID_ARGUMENT");
    return 0;
  }
  fuzz::Must(registry->Find("") == nullptr && registry->FindRequestKey("") == nullptr, "nobody has an empty id");
  fuzz::Must(registry->OwnerOf(gateway::Certificate{}) == nullptr, "nobody has an empty certificate");
  fuzz::Must(!registry->IsWithdrawn(gateway::Evidence{}), "what has no ids is not withdrawn by one");
  return 0;
}
