#include "common/store/redis/connect.h"

#include <functional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/store/redis/cluster.h"
#include "common/store/redis/greeting.h"
#include "common/store/redis/sentinels.h"

namespace jiebang::store {
namespace {

// Every connection finds the same, and finds it again whenever it comes back.
std::function<void(const std::string&)> OnceEach(std::function<void(const std::string&)> warn) {
  struct Told {
    absl::Mutex mutex;
    std::set<std::string> warnings ABSL_GUARDED_BY(mutex);
  };
  return [warn = std::move(warn), told = std::make_shared<Told>()](const std::string& warning) {
    absl::MutexLock lock(&told->mutex);
    if (told->warnings.insert(warning).second) warn(warning);
  };
}

redis::Client::MakeDiscovery DiscoveryFor(const RedisOptions& options) {
  redis::NodeOptions asking{
      .greeting = redis::Introduction{.user = options.sentinel_user, .password = options.sentinel_password},
      .patience = options.patience};
  if (!options.sentinels.empty()) {
    return [sentinels = options.sentinels, master = options.master, asking](redis::EventLoop& loop, redis::Crew& crew) {
      return std::make_unique<redis::Sentinels>(loop, crew, sentinels, master, asking);
    };
  }
  if (!options.cluster.empty()) {
    asking.greeting = redis::Introduction{.user = options.user, .password = options.password};
    return [seeds = options.cluster, asking](redis::EventLoop& loop, redis::Crew& crew) {
      return std::make_unique<redis::Cluster>(loop, crew, seeds, asking);
    };
  }
  const redis::Endpoint server{.host = options.host, .port = options.port, .unix_socket = options.unix_socket};
  return [server](redis::EventLoop&, redis::Crew&) { return std::make_unique<redis::FixedServer>(server); };
}

}  // namespace

std::unique_ptr<redis::Client> Connect(const RedisOptions& options, std::set<int> slots) {
  redis::Greeting greeting{.introduction = {.user = options.user, .password = options.password},
                           .replicas = options.replicas,
                           .in_cluster = !options.cluster.empty(),
                           .allow_weak_durability = options.allow_weak_durability,
                           .warn = OnceEach(options.warn)};
  redis::NodeOptions nodes{.greeting = std::move(greeting),
                           .connections = options.connections,
                           .patience = options.patience,
                           .replicas = options.replicas};
  return std::make_unique<redis::Client>(DiscoveryFor(options), std::move(nodes), std::move(slots));
}

}  // namespace jiebang::store
