#include "common/store/open.h"

#include <iostream>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "common/status/status_macros.h"
#include "common/store/password_file.h"
#include "common/store/redis/redis_store.h"
#include "common/store/sqlite/sqlite_store.h"

namespace jiebang::store {
namespace {

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const SqliteLocation& location, Warn /*warn*/) {
  return OpenSqliteStore(location.file);
}

std::vector<redis::Endpoint> EndpointsOf(const RedisLocation& location) {
  std::vector<redis::Endpoint> endpoints;
  for (const HostAndPort& address : location.addresses) {
    endpoints.push_back({.host = address.host, .port = address.port});
  }
  return endpoints;
}

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const RedisLocation& location, Warn warn) {
  ASSIGN_OR_RETURN(RedisOptions options, RedisOptionsOf(location, std::move(warn)));
  return OpenRedisStore(std::move(options));
}

}  // namespace

void WarnOnStandardError(const std::string& warning) { std::cerr << warning << std::endl; }

absl::StatusOr<RedisOptions> RedisOptionsOf(const RedisLocation& location, Warn warn) {
  RedisOptions options{.unix_socket = location.unix_socket.string(),
                       .master = location.master,
                       .sentinel_user = location.sentinel_user,
                       .user = location.user,
                       .replicas = location.replicas,
                       .prefix = location.prefix,
                       .allow_weak_durability = location.allow_weak_durability,
                       .warn = std::move(warn)};
  ASSIGN_OR_RETURN(options.password, ReadPassword(location.password_file));
  ASSIGN_OR_RETURN(options.sentinel_password, ReadPassword(location.sentinel_password_file));
  switch (location.kind) {
    case RedisLocation::Kind::kSentinel:
      options.sentinels = EndpointsOf(location);
      break;
    case RedisLocation::Kind::kCluster:
      options.cluster = EndpointsOf(location);
      break;
    case RedisLocation::Kind::kServer:
      if (location.addresses.empty()) break;
      options.host = location.addresses.front().host;
      options.port = location.addresses.front().port;
      break;
  }
  return options;
}

absl::StatusOr<std::unique_ptr<Store>> Open(const Location& location, Warn warn) {
  return std::visit([&](const auto& place) { return OpenAt(place, std::move(warn)); }, location);
}

absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& location, Warn warn) {
  ASSIGN_OR_RETURN(const Location parsed, ParseLocation(location));
  return Open(parsed, std::move(warn));
}

}  // namespace jiebang::store
