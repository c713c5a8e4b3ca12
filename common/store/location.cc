#include "common/store/location.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/status/status_macros.h"

namespace jiebang::store {
namespace {

absl::Status Wrong(const std::string& text, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("store location \"", text, "\": ", why));
}

absl::StatusOr<Location> ParseSqlite(const std::string& text, absl::string_view file) {
  if (file.empty()) return Wrong(text, "no file, want sqlite:/path/to/file.db");
  return SqliteLocation{.file = std::string(file)};
}

constexpr int kRedisPort = 6379;
constexpr int kSentinelPort = 26379;
constexpr int kMostReplicas = 100;

// What follows the question mark.
absl::Status ParseOptions(const std::string& text, absl::string_view options, RedisLocation& location) {
  for (const absl::string_view option : absl::StrSplit(options, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(option, absl::MaxSplits('=', 1));
    const auto& [name, value] = parts;
    const bool sentinel = location.kind == RedisLocation::Kind::kSentinel;
    if (name == "password_file") {
      location.password_file = std::string(value);
    } else if (name == "prefix" && location.addresses.empty()) {
      location.prefix = std::string(value);
    } else if (name == "master" && sentinel) {
      location.master = std::string(value);
    } else if (name == "sentinel_user" && sentinel) {
      location.sentinel_user = std::string(value);
    } else if (name == "sentinel_password_file" && sentinel) {
      location.sentinel_password_file = std::string(value);
    } else if (name == "replicas") {
      if (!absl::SimpleAtoi(value, &location.replicas) || location.replicas < 0 || location.replicas > kMostReplicas) {
        return Wrong(text, absl::StrCat("replicas is no number from 0 to ", kMostReplicas));
      }
    } else if (option == "weak_durability=allowed") {
      location.allow_weak_durability = true;
    } else {
      return Wrong(text, absl::StrCat("unknown option \"", option, "\""));
    }
  }
  return absl::OkStatus();
}

// host[:port], an address of IPv6 in brackets.
absl::StatusOr<HostAndPort> ParseAddress(const std::string& text, absl::string_view address, int usual_port) {
  absl::string_view port;
  if (absl::ConsumePrefix(&address, "[")) {
    const auto bracket = address.find(']');
    if (bracket == absl::string_view::npos) return Wrong(text, "no ] after [");
    port = address.substr(bracket + 1);
    address = address.substr(0, bracket);
  } else if (const auto colon = address.find(':'); colon != absl::string_view::npos) {
    port = address.substr(colon);
    address = address.substr(0, colon);
  }
  if (address.empty()) return Wrong(text, "no host, want host:port");
  HostAndPort parsed{.host = std::string(address), .port = usual_port};
  if (port.empty()) return parsed;
  if (!absl::ConsumePrefix(&port, ":") || !absl::SimpleAtoi(port, &parsed.port) || parsed.port < 1 ||
      parsed.port > 65'535) {
    return Wrong(text, "the port is no number from 1 to 65535");
  }
  return parsed;
}

// [user@]address[,address...]
absl::Status ParseAuthority(const std::string& text, absl::string_view authority, RedisLocation& location) {
  if (const auto at = authority.rfind('@'); at != absl::string_view::npos) {
    location.user = std::string(authority.substr(0, at));
    if (absl::StrContains(location.user, ':')) {
      // Without the text, because errors are logged.
      return absl::InvalidArgumentError("store location: a password belongs into a file: ?password_file=/path");
    }
    authority.remove_prefix(at + 1);
  }
  const int usual_port = location.kind == RedisLocation::Kind::kSentinel ? kSentinelPort : kRedisPort;
  for (const absl::string_view address : absl::StrSplit(authority, ',')) {
    ASSIGN_OR_RETURN(HostAndPort parsed, ParseAddress(text, address, usual_port));
    location.addresses.push_back(std::move(parsed));
  }
  if (location.kind == RedisLocation::Kind::kServer && location.addresses.size() > 1) {
    return Wrong(text, "several addresses: want redis+sentinel:// or redis+cluster://");
  }
  return absl::OkStatus();
}

absl::StatusOr<Location> Complete(const std::string& text, RedisLocation location) {
  if (location.prefix.empty())
    return Wrong(text, "no prefix, want the name of the service, e.g. redis://host:port/quota");
  if (absl::StrContains(location.prefix, "{") || absl::StrContains(location.prefix, "}")) {
    return Wrong(text, "a prefix has no braces: they mark what Redis Cluster places by");
  }
  if (location.kind == RedisLocation::Kind::kSentinel && location.master.empty()) {
    return Wrong(text, "no ?master=, want the name by which the Sentinels know the primary");
  }
  const bool fails_over = location.kind != RedisLocation::Kind::kServer;
  if (fails_over && location.replicas == 0 && !location.allow_weak_durability) {
    return Wrong(text, "replicas=0 where a failover forgets what no replica has; want weak_durability=allowed with it");
  }
  return location;
}

absl::StatusOr<Location> ParseRedis(const std::string& text, RedisLocation::Kind kind, absl::string_view rest) {
  RedisLocation location{.kind = kind, .replicas = kind == RedisLocation::Kind::kServer ? 0 : 1};
  const std::pair<absl::string_view, absl::string_view> place_and_options =
      absl::StrSplit(rest, absl::MaxSplits('?', 1));
  const std::pair<absl::string_view, absl::string_view> place =
      absl::StrSplit(place_and_options.first, absl::MaxSplits('/', 1));
  RETURN_IF_ERROR(ParseAuthority(text, place.first, location));
  location.prefix = std::string(place.second);
  RETURN_IF_ERROR(ParseOptions(text, place_and_options.second, location));
  return Complete(text, std::move(location));
}

absl::StatusOr<Location> ParseRedisUnix(const std::string& text, absl::string_view rest) {
  RedisLocation location;
  const std::pair<absl::string_view, absl::string_view> socket_and_options =
      absl::StrSplit(rest, absl::MaxSplits('?', 1));
  location.unix_socket = std::string(socket_and_options.first);
  if (location.unix_socket.empty()) return Wrong(text, "no socket, want redis+unix:/path/to/redis.sock?prefix=quota");
  RETURN_IF_ERROR(ParseOptions(text, socket_and_options.second, location));
  return Complete(text, std::move(location));
}

}  // namespace

absl::StatusOr<Location> ParseLocation(const std::string& text) {
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "sqlite:")) return ParseSqlite(text, rest);
  using Kind = RedisLocation::Kind;
  if (absl::ConsumePrefix(&rest, "redis://")) return ParseRedis(text, Kind::kServer, rest);
  if (absl::ConsumePrefix(&rest, "redis+sentinel://")) return ParseRedis(text, Kind::kSentinel, rest);
  if (absl::ConsumePrefix(&rest, "redis+cluster://")) return ParseRedis(text, Kind::kCluster, rest);
  if (absl::ConsumePrefix(&rest, "redis+unix:")) return ParseRedisUnix(text, rest);
  return Wrong(text, "want sqlite:/path/to/file.db or redis://host:port/prefix");
}

RedisLocation LocationOf(const RedisLocation& suite, const std::string& service) {
  RedisLocation location = suite;
  absl::StrAppend(&location.prefix, "-", service);
  return location;
}

}  // namespace jiebang::store
