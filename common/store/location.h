// Where a store is, as an operator writes it:
//
//   sqlite:/var/lib/jiebang/quota.db
//   redis://redis.internal:6379/quota
//   redis://quota@redis.internal/quota?password_file=/run/secrets/redis
//   redis+unix:/run/redis/redis.sock?prefix=quota
//
// The prefix sets the records of one service apart from those of others on the same Redis. `&weak_durability=allowed`
// opens a Redis that may forget what it has acknowledged, for demonstrations only.
#ifndef JIEBANG_COMMON_STORE_LOCATION_H_
#define JIEBANG_COMMON_STORE_LOCATION_H_

#include <filesystem>
#include <string>
#include <variant>

#include "absl/status/statusor.h"

namespace jiebang::store {

struct SqliteLocation {
  std::filesystem::path file;

  friend bool operator==(const SqliteLocation&, const SqliteLocation&) = default;
};

struct RedisLocation {
  std::string host;  // empty: unix_socket
  int port = 6379;
  std::filesystem::path unix_socket;
  std::string prefix;
  std::string user;                     // empty: Redis's default user
  std::filesystem::path password_file;  // empty: no password
  bool allow_weak_durability = false;

  friend bool operator==(const RedisLocation&, const RedisLocation&) = default;
};

using Location = std::variant<SqliteLocation, RedisLocation>;

// INVALID_ARGUMENT says what is wrong with `text` and what it should look like.
absl::StatusOr<Location> ParseLocation(const std::string& text);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_LOCATION_H_
