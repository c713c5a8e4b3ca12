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

// What follows the question mark.
absl::Status ParseOptions(const std::string& text, absl::string_view options, RedisLocation& location) {
  for (const absl::string_view option : absl::StrSplit(options, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(option, absl::MaxSplits('=', 1));
    const auto& [name, value] = parts;
    if (name == "password_file") {
      location.password_file = std::string(value);
    } else if (name == "prefix" && location.host.empty()) {
      location.prefix = std::string(value);
    } else if (option == "weak_durability=allowed") {
      location.allow_weak_durability = true;
    } else {
      return Wrong(text, absl::StrCat("unknown option \"", option, "\""));
    }
  }
  return absl::OkStatus();
}

// [user@]host[:port], an address of IPv6 in brackets.
absl::Status ParseAuthority(const std::string& text, absl::string_view authority, RedisLocation& location) {
  if (const auto at = authority.rfind('@'); at != absl::string_view::npos) {
    location.user = std::string(authority.substr(0, at));
    if (absl::StrContains(location.user, ':')) {
      // Without the text, because errors are logged.
      return absl::InvalidArgumentError("store location: a password belongs into a file: ?password_file=/path");
    }
    authority.remove_prefix(at + 1);
  }
  absl::string_view port;
  if (absl::ConsumePrefix(&authority, "[")) {
    const auto bracket = authority.find(']');
    if (bracket == absl::string_view::npos) return Wrong(text, "no ] after [");
    port = authority.substr(bracket + 1);
    authority = authority.substr(0, bracket);
  } else if (const auto colon = authority.find(':'); colon != absl::string_view::npos) {
    port = authority.substr(colon);
    authority = authority.substr(0, colon);
  }
  if (authority.empty()) return Wrong(text, "no host, want redis://host:port/prefix");
  location.host = std::string(authority);
  if (port.empty()) return absl::OkStatus();
  if (!absl::ConsumePrefix(&port, ":") || !absl::SimpleAtoi(port, &location.port) || location.port < 1 ||
      location.port > 65'535) {
    return Wrong(text, "the port is no number from 1 to 65535");
  }
  return absl::OkStatus();
}

absl::StatusOr<Location> Complete(const std::string& text, RedisLocation location) {
  if (location.prefix.empty())
    return Wrong(text, "no prefix, want the name of the service, e.g. redis://host:port/quota");
  if (absl::StrContains(location.prefix, "{") || absl::StrContains(location.prefix, "}")) {
    return Wrong(text, "a prefix has no braces: they mark what Redis Cluster places by");
  }
  return location;
}

absl::StatusOr<Location> ParseRedis(const std::string& text, absl::string_view rest) {
  RedisLocation location;
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
  if (absl::ConsumePrefix(&rest, "redis://")) return ParseRedis(text, rest);
  if (absl::ConsumePrefix(&rest, "redis+unix:")) return ParseRedisUnix(text, rest);
  return Wrong(text, "want sqlite:/path/to/file.db or redis://host:port/prefix");
}

}  // namespace jiebang::store
