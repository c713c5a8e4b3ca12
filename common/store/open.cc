#include "common/store/open.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/redis/redis_store.h"
#include "common/store/sqlite/sqlite_store.h"

namespace jiebang::store {
namespace {

// A file, so that no password shows in the list of processes; a final line break is not part of it.
absl::StatusOr<std::string> ReadPassword(const std::filesystem::path& file) {
  if (file.empty()) return "";
  std::ifstream stream(file);
  if (!stream)
    return absl::FailedPreconditionError(absl::StrCat("cannot read the password of Redis from ", file.string()));
  std::string password{std::istreambuf_iterator<char>(stream), {}};
  absl::StripTrailingAsciiWhitespace(&password);
  return password;
}

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const SqliteLocation& location, Warn /*warn*/) {
  return OpenSqliteStore(location.file);
}

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const RedisLocation& location, Warn warn) {
  ASSIGN_OR_RETURN(std::string password, ReadPassword(location.password_file));
  return OpenRedisStore({.host = location.host,
                         .port = location.port,
                         .unix_socket = location.unix_socket.string(),
                         .user = location.user,
                         .password = std::move(password),
                         .prefix = location.prefix,
                         .allow_weak_durability = location.allow_weak_durability,
                         .warn = std::move(warn)});
}

}  // namespace

void WarnOnStandardError(const std::string& warning) { std::cerr << warning << std::endl; }

absl::StatusOr<std::unique_ptr<Store>> Open(const Location& location, Warn warn) {
  return std::visit([&](const auto& place) { return OpenAt(place, std::move(warn)); }, location);
}

absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& location, Warn warn) {
  ASSIGN_OR_RETURN(const Location parsed, ParseLocation(location));
  return Open(parsed, std::move(warn));
}

}  // namespace jiebang::store
