#include "services/quota/repository/unit_repository.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/errors.h"
#include "services/quota/domain/unit_name.h"

namespace jiebang::quota {
namespace {

constexpr char kTable[] = "unit";

absl::StatusOr<v1::Unit> UnitIn(const store::Record& record) {
  v1::Unit unit;
  if (!unit.ParseFromString(record.value)) return absl::DataLossError(absl::StrCat("unit ", record.id));
  unit.set_etag(absl::StrCat(record.version));
  return unit;
}

}  // namespace

Task<absl::StatusOr<Versioned<v1::Unit>>> UnitRepository::Find(std::string id) {
  store::Key key{kTable, kPartition, std::move(id)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return Versioned<v1::Unit>{};
  if (!record.ok()) co_return record.status();
  CO_ASSIGN_OR_RETURN(v1::Unit unit, UnitIn(*record));
  co_return Versioned<v1::Unit>{std::move(unit), record->version};
}

Task<absl::StatusOr<Versioned<v1::Unit>>> UnitRepository::Get(std::string id) {
  CO_ASSIGN_OR_RETURN(Versioned<v1::Unit> unit, co_await Find(id));
  if (unit.version == 0) co_return UnitNotFound(UnitName{id}.ToString());
  co_return unit;
}

Task<absl::StatusOr<std::vector<std::optional<v1::Unit>>>> UnitRepository::GetMany(std::vector<std::string> ids) {
  std::vector<store::Key> keys;
  for (std::string& id : ids) keys.push_back({kTable, kPartition, std::move(id)});
  CO_ASSIGN_OR_RETURN(const auto records, co_await store_.GetMany(std::move(keys)));
  std::vector<std::optional<v1::Unit>> units;
  for (const std::optional<store::Record>& record : records) {
    units.emplace_back();
    if (!record.has_value()) continue;
    CO_ASSIGN_OR_RETURN(units.back(), UnitIn(*record));
  }
  co_return units;
}

Task<absl::Status> UnitRepository::Save(Versioned<v1::Unit> before, v1::Unit after, store::Event event,
                                        std::optional<store::Replay> replay) {
  CO_ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(after.name()));
  after.clear_etag();
  store::Commit commit{.partition = kPartition};
  commit.preconditions.push_back({kTable, name.id, before.version});
  commit.puts.push_back({kTable, name.id, after.SerializeAsString()});
  commit.events.push_back(std::move(event));
  commit.replay = std::move(replay);
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<UnitRepository::Page>> UnitRepository::PageAfter(std::string after, int limit) {
  CO_ASSIGN_OR_RETURN(const store::Page scanned,
                      co_await store_.Scan(kTable, kPartition, "", std::move(after), static_cast<std::size_t>(limit)));
  Page page{.more = scanned.more};
  for (const store::Record& record : scanned.records) {
    CO_ASSIGN_OR_RETURN(v1::Unit unit, UnitIn(record));
    page.units.push_back(std::move(unit));
  }
  co_return page;
}

Task<absl::StatusOr<std::vector<v1::Unit>>> UnitRepository::All() {
  std::vector<v1::Unit> all;
  std::string after;
  for (bool more = true; more;) {
    CO_ASSIGN_OR_RETURN(Page page, co_await PageAfter(after, store::kMaxScanRecords));
    more = page.more;
    all.insert(all.end(), std::make_move_iterator(page.units.begin()), std::make_move_iterator(page.units.end()));
    if (!all.empty()) {
      CO_ASSIGN_OR_RETURN(const UnitName last, UnitName::Parse(all.back().name()));
      after = last.id;
    }
  }
  co_return all;
}

}  // namespace jiebang::quota
