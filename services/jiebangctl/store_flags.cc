#include "services/jiebangctl/store_flags.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"
#include "common/store/location.h"

namespace jiebang::ctl {
namespace {

using store::Location;
using store::ParseLocation;
using store::RedisLocation;
using store::SqliteLocation;
using store::backup::ServiceStore;

// As `jiebang serve --all` names its stores.
constexpr absl::string_view kServices[] = {"application", "maturity", "publiclist", "quota", "review"};

std::string NameOf(const Location& location) {
  if (const auto* const file = std::get_if<SqliteLocation>(&location)) return file->file.stem().string();
  return std::get<RedisLocation>(location).prefix;
}

// [NAME=]LOCATION
absl::StatusOr<ServiceStore> StoreOf(const std::string& text) {
  const auto equals = text.find('=');
  const bool named = equals < text.find(':');
  ASSIGN_OR_RETURN(Location location, ParseLocation(named ? text.substr(equals + 1) : text));
  std::string name = named ? text.substr(0, equals) : NameOf(location);
  return ServiceStore{.service = std::move(name), .location = std::move(location)};
}

std::vector<ServiceStore> StoresIn(const std::filesystem::path& directory) {
  std::vector<ServiceStore> stores;
  for (const absl::string_view service : kServices) {
    stores.push_back({.service = std::string(service),
                      .location = SqliteLocation{.file = directory / absl::StrCat(service, ".db")}});
  }
  return stores;
}

absl::StatusOr<std::vector<ServiceStore>> StoresOn(const std::string& suite_store) {
  ASSIGN_OR_RETURN(const Location location, ParseLocation(suite_store));
  const auto* const suite = std::get_if<RedisLocation>(&location);
  if (suite == nullptr) return absl::InvalidArgumentError("--suite-store is a Redis; a directory of files is --data");
  std::vector<ServiceStore> stores;
  for (const absl::string_view service : kServices) {
    const std::string name(service);
    stores.push_back({.service = name, .location = store::LocationOf(*suite, name)});
  }
  return stores;
}

absl::StatusOr<std::vector<ServiceStore>> StoresNamed(const std::vector<std::string>& texts) {
  std::vector<ServiceStore> stores;
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(ServiceStore store, StoreOf(text));
    stores.push_back(std::move(store));
  }
  const auto earlier = [](const ServiceStore& a, const ServiceStore& b) { return a.service < b.service; };
  std::sort(stores.begin(), stores.end(), earlier);
  const auto same = [](const ServiceStore& a, const ServiceStore& b) { return a.service == b.service; };
  const auto twice = std::adjacent_find(stores.begin(), stores.end(), same);
  if (twice == stores.end()) return stores;
  return absl::InvalidArgumentError(
      absl::StrCat("two stores are called ", twice->service, "; give them names: --store NAME=LOCATION"));
}

}  // namespace

absl::StatusOr<std::vector<ServiceStore>> StoresOf(const StoreFlags& flags) {
  const int ways = (flags.stores.empty() ? 0 : 1) + (flags.data.empty() ? 0 : 1) + (flags.suite_store.empty() ? 0 : 1);
  if (ways != 1) {
    return absl::InvalidArgumentError(
        "want one of --data DIRECTORY, --suite-store redis://HOST:PORT/PREFIX, or "
        "--store LOCATION for each service");
  }
  if (!flags.data.empty()) return StoresIn(flags.data);
  if (!flags.suite_store.empty()) return StoresOn(flags.suite_store);
  return StoresNamed(flags.stores);
}

}  // namespace jiebang::ctl
