// The Redis servers that hold the stores of a suite, asked one after the other: all that back-ups know of connections.
#ifndef JIEBANG_COMMON_STORE_BACKUP_REDIS_PRIMARIES_H_
#define JIEBANG_COMMON_STORE_BACKUP_REDIS_PRIMARIES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/store/location.h"
#include "common/store/redis/command.h"
#include "common/store/redis/reply.h"

struct redisContext;

namespace jiebang::store::backup {

// For one thread at a time. A connection that breaks stays broken: what it was asked for has to begin again.
class RedisPrimaries {
 public:
  struct Request {
    std::size_t primary;
    redis::Command command;
  };

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

 private:
  struct Close {
    void operator()(redisContext* context) const;
  };
  using Connection = std::unique_ptr<redisContext, Close>;

  static absl::StatusOr<Connection> Open(const RedisLocation& location);
  absl::Status Greet(std::size_t primary, const RedisLocation& location);

  std::vector<Connection> connections_;
  std::vector<std::size_t> primary_of_store_;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_REDIS_PRIMARIES_H_
