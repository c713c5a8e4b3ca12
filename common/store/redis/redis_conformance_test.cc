#include <atomic>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/store/conformance/conformance.h"
#include "common/store/redis/redis_store.h"
#include "common/testing/redis_behind_sentinel.h"
#include "common/testing/redis_cluster.h"
#include "common/testing/redis_server.h"

namespace jiebang::store {
namespace {

// Each test has a prefix of its own on the servers, which all tests of a deployment share.
std::string NextPrefix() {
  static std::atomic<int> tests = 0;
  return absl::StrCat("test", ++tests);
}

Engine::OpenStore OnOneServer() {
  static const RedisServer server;
  return [prefix = NextPrefix()] { return OpenRedisStore({.unix_socket = server.unix_socket(), .prefix = prefix}); };
}

Engine::OpenStore BehindSentinel() {
  static const RedisBehindSentinel servers;
  return [prefix = NextPrefix()] {
    RedisOptions options{.master = RedisBehindSentinel::kMaster, .replicas = 1, .prefix = prefix};
    for (const int port : servers.sentinel_ports()) options.sentinels.push_back({.host = "127.0.0.1", .port = port});
    return OpenRedisStore(std::move(options));
  };
}

Engine::OpenStore InACluster() {
  static const RedisCluster servers;
  return [prefix = NextPrefix()] {
    RedisOptions options{.replicas = 1, .prefix = prefix};
    for (const int port : servers.ports()) options.cluster.push_back({.host = "127.0.0.1", .port = port});
    return OpenRedisStore(std::move(options));
  };
}

INSTANTIATE_TEST_SUITE_P(Redis, Conformance,
                         testing::Values(Engine{"Redis", OnOneServer}, Engine{"Sentinel", BehindSentinel},
                                         Engine{"Cluster", InACluster}));

}  // namespace
}  // namespace jiebang::store
