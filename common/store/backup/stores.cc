#include "common/store/backup/stores.h"

#include <optional>
#include <variant>

#include "absl/status/status.h"
#include "common/store/backup/redis_restore.h"
#include "common/store/backup/redis_snapshot.h"
#include "common/store/backup/sqlite_restore.h"
#include "common/store/backup/sqlite_snapshot.h"

namespace jiebang::store::backup {
namespace {

// nullopt: not all of them are files.
std::optional<std::vector<SqliteFile>> FilesOf(const std::vector<ServiceStore>& stores) {
  std::vector<SqliteFile> files;
  for (const ServiceStore& each : stores) {
    const auto* const location = std::get_if<SqliteLocation>(&each.location);
    if (location == nullptr) return std::nullopt;
    files.push_back({.service = each.service, .file = location->file});
  }
  return files;
}

// nullopt: not all of them are on Redis.
std::optional<std::vector<RedisService>> ServicesOf(const std::vector<ServiceStore>& stores) {
  std::vector<RedisService> services;
  for (const ServiceStore& each : stores) {
    const auto* const location = std::get_if<RedisLocation>(&each.location);
    if (location == nullptr) return std::nullopt;
    services.push_back({.service = each.service, .location = *location});
  }
  return services;
}

absl::Status Mixed() {
  return absl::InvalidArgumentError("the stores are of several engines, and nothing stops the writes of all at once");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Snapshot>> TakeSnapshot(const std::vector<ServiceStore>& stores, absl::Time now,
                                                       absl::Duration longest_pause) {
  if (const auto files = FilesOf(stores)) return SqliteSnapshot::Take(*files, now);
  if (auto services = ServicesOf(stores)) {
    RedisPause::Limits limits;
    limits.longest = absl::ToChronoMilliseconds(longest_pause);
    return RedisSnapshot::Take(*std::move(services), now, limits);
  }
  return Mixed();
}

absl::StatusOr<std::unique_ptr<Restore>> BeginRestore(const std::vector<ServiceStore>& stores, absl::Time now) {
  if (const auto files = FilesOf(stores)) return SqliteRestore::Begin(*files, now);
  if (auto services = ServicesOf(stores)) return RedisRestore::Begin(*std::move(services), now);
  return Mixed();
}

}  // namespace jiebang::store::backup
