#include "common/store/open.h"

#include <variant>

#include "absl/status/status.h"
#include "common/status/status_macros.h"
#include "common/store/sqlite/sqlite_store.h"

namespace jiebang::store {
namespace {

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const SqliteLocation& location) { return OpenSqliteStore(location.file); }

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const RedisLocation&) {
  return absl::UnimplementedError("the engine on Redis is being written");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> Open(const Location& location) {
  return std::visit([](const auto& place) { return OpenAt(place); }, location);
}

absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& location) {
  ASSIGN_OR_RETURN(const Location parsed, ParseLocation(location));
  return Open(parsed);
}

}  // namespace jiebang::store
