#include <atomic>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/store/conformance/conformance.h"
#include "common/store/redis/redis_store.h"
#include "common/testing/redis_server.h"

namespace jiebang::store {
namespace {

// One server for all tests; each has a prefix of its own.
Engine::OpenStore Start() {
  static const RedisServer server;
  static std::atomic<int> tests = 0;
  const std::string prefix = absl::StrCat("test", ++tests);
  return [prefix] { return OpenRedisStore({.unix_socket = server.unix_socket(), .prefix = prefix}); };
}

INSTANTIATE_TEST_SUITE_P(Redis, Conformance, testing::Values(Engine{"Redis", Start}));

}  // namespace
}  // namespace jiebang::store
