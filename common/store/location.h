// Where a store is, as an operator writes it:
//
//   sqlite:/var/lib/jiebang/quota.db
//   redis://redis.internal:6379/quota
//   redis://quota@redis.internal/quota?password_file=/run/secrets/redis
//   redis+unix:/run/redis/redis.sock?prefix=quota
//   redis+sentinel://sentinel-0:26379,sentinel-1:26379,sentinel-2:26379/quota?master=jiebang
//   redis+cluster://redis-0:6379,redis-1:6379/quota
//
// The prefix sets the records of one service apart from those of others on the same Redis. `replicas=N`: a commit is
// acknowledged when N replicas have it; 1 unless said otherwise behind Sentinel and in a Cluster, where a failover
// forgets what no replica has. `sentinel_user` and `sentinel_password_file` are for the Sentinels themselves.
// `weak_durability=allowed` opens a Redis that may forget what it has acknowledged, for demonstrations only.
#ifndef JIEBANG_COMMON_STORE_LOCATION_H_
#define JIEBANG_COMMON_STORE_LOCATION_H_

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"

namespace jiebang::store {

struct SqliteLocation {
  std::filesystem::path file;

  friend bool operator==(const SqliteLocation&, const SqliteLocation&) = default;
};

struct HostAndPort {
  std::string host;
  int port = 0;

  friend bool operator==(const HostAndPort&, const HostAndPort&) = default;
};

struct RedisLocation {
  enum class Kind { kServer, kSentinel, kCluster };

  Kind kind = Kind::kServer;
  std::vector<HostAndPort>
      addresses;  // of a server: one, or none and unix_socket; else of Sentinels, or of some servers
  std::filesystem::path unix_socket;
  std::string master;  // kSentinel: the name by which they know the primary
  std::string prefix;
  std::string user;                     // empty: Redis's default user
  std::filesystem::path password_file;  // empty: no password
  std::string sentinel_user;
  std::filesystem::path sentinel_password_file;
  int replicas = 0;
  bool allow_weak_durability = false;

  friend bool operator==(const RedisLocation&, const RedisLocation&) = default;
};

using Location = std::variant<SqliteLocation, RedisLocation>;

// INVALID_ARGUMENT says what is wrong with `text` and what it should look like.
absl::StatusOr<Location> ParseLocation(const std::string& text);

// Where the records of one service are, when the whole suite is told one Redis: its prefix is "<prefix>-<service>".
RedisLocation LocationOf(const RedisLocation& suite, const std::string& service);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_LOCATION_H_
