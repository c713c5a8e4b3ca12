// The Redis servers that hold the stores of a suite, asked one after the other: all that back-ups know of connections,
// of Sentinels and of Clusters.
#ifndef JIEBANG_COMMON_STORE_BACKUP_REDIS_PRIMARIES_H_
#define JIEBANG_COMMON_STORE_BACKUP_REDIS_PRIMARIES_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/store/location.h"
#include "common/store/redis/command.h"
#include "common/store/redis/endpoint.h"
#include "common/store/redis/reply.h"
#include "common/store/redis/slot_map.h"

struct redisContext;

namespace jiebang::store::backup {

// For one thread at a time. A connection that breaks stays broken: what it was asked for has to begin again.
class RedisPrimaries {
 public:
  struct Request {
    std::size_t primary;
    redis::Command command;
  };

  // Those that answer for the stores now; when that changes meanwhile, what they are asked for fails.
  // FAILED_PRECONDITION: a server refuses us. UNAVAILABLE: it cannot be reached, or is no primary.
  static absl::StatusOr<std::unique_ptr<RedisPrimaries>> Connect(const std::vector<RedisLocation>& stores);

  // They are numbered from 0.
  std::size_t size() const { return connections_.size(); }
  // The one that holds this shard of stores[store].
  std::size_t Of(std::size_t store, int shard) const;

  // Errors of Redis as redis::ErrorOf. UNAVAILABLE: nobody knows whether the command was executed.
  absl::StatusOr<redis::Reply> Ask(std::size_t primary, redis::Command command);
  // One answer a request, in order; fails as a whole. Requests of one primary are executed in order.
  absl::StatusOr<std::vector<redis::Reply>> AskAll(absl::Span<Request> requests);

  // Comes back when so many replicas as the stores' locations ask for have all that was asked before. UNAVAILABLE: too
  // few have it in time.
  absl::Status AwaitReplicas();

 private:
  struct Close {
    void operator()(redisContext* context) const;
  };
  using Connection = std::unique_ptr<redisContext, Close>;

  // Answers for each shard of a store.
  using Servers = std::vector<redis::Endpoint>;

  static absl::StatusOr<Connection> Open(const redis::Endpoint& server);
  static absl::StatusOr<redis::Reply> AskOnce(redisContext& connection, const redis::Command& command);
  static absl::Status Introduce(redisContext& connection, const std::string& user,
                                const std::filesystem::path& password_file);
  static absl::StatusOr<Servers> ServersOf(const RedisLocation& location);
  static absl::StatusOr<redis::Endpoint> PrimaryBehindSentinels(const RedisLocation& location);
  static absl::StatusOr<redis::SlotMap> SlotsOfCluster(const RedisLocation& location);
  static absl::StatusOr<Connection> OpenPrimary(const redis::Endpoint& server, const RedisLocation& location);

  std::vector<Connection> connections_;
  std::vector<std::vector<std::size_t>> primary_of_shard_;  // of each store
  int replicas_ = 0;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_REDIS_PRIMARIES_H_
