#include "services/application/repository/export_repository.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/status_macros.h"
#include "services/application/domain/errors.h"

namespace jiebang::application {
namespace {

//   partition      table                   id                  value
//   exports/{0-f}  derived_export          {owner}.{id}        KeptExport
//   exports/{0-f}  derived_export_running  {owner}.{id}        -, while it runs
//   exports/{0-f}  derived_export_part     {owner}.{id}/{end}  bytes of the file before `end`, from the part before on
//
// Derived: what a file holds is a copy, and is not part of the trail.
constexpr char kExport[] = "derived_export";
constexpr char kRunning[] = "derived_export_running";
constexpr char kPart[] = "derived_export_part";
constexpr std::size_t kSome = 100;
constexpr std::size_t kPartsAtOnce = 8;  // of a MiB each

std::string PartitionOf(const std::string& owner) { return absl::StrCat("exports/", owner.substr(0, 1)); }

std::string ExportId(const OperationName& name) { return absl::StrCat(name.owner, ".", name.id); }

std::string PartId(const OperationName& name, std::int64_t end) {
  return absl::StrFormat("%s/%015d", ExportId(name), end);  // ascending as numbers are
}

absl::StatusOr<VersionedExport> ExportIn(const store::Record& record) {
  VersionedExport present{.version = record.version};
  if (!present.kept.ParseFromString(record.value)) return absl::DataLossError("an export is unreadable");
  return present;
}

}  // namespace

Task<absl::StatusOr<VersionedExport>> ExportRepository::Get(OperationName name) const {
  if (name.owner.empty()) co_return OperationNotFound(name.ToString());
  const store::Key key{kExport, PartitionOf(name.owner), ExportId(name)};
  const auto record = co_await store_.Get(key);
  if (absl::IsNotFound(record.status())) co_return OperationNotFound(name.ToString());
  CO_RETURN_IF_ERROR(record.status());
  co_return ExportIn(*record);
}

Task<absl::StatusOr<std::vector<VersionedExport>>> ExportRepository::OfOwner(std::string owner,
                                                                             std::size_t most) const {
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(kExport, PartitionOf(owner), absl::StrCat(owner, "."), "", most));
  std::vector<VersionedExport> found;
  for (const store::Record& record : page.records) {
    CO_ASSIGN_OR_RETURN(VersionedExport present, ExportIn(record));
    found.push_back(std::move(present));
  }
  co_return found;
}

Task<absl::StatusOr<std::vector<VersionedExport>>> ExportRepository::Some(int partition, bool only_running,
                                                                          std::string after) const {
  const std::string name = absl::StrFormat("exports/%x", partition);
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(only_running ? kRunning : kExport, name, "", std::move(after), kSome));
  std::vector<VersionedExport> found;
  for (const store::Record& record : page.records) {
    const store::Key key{kExport, name, record.id};
    const auto present = co_await store_.Get(key);
    if (absl::IsNotFound(present.status())) continue;  // taken away just now
    CO_RETURN_IF_ERROR(present.status());
    CO_ASSIGN_OR_RETURN(VersionedExport one, ExportIn(*present));
    found.push_back(std::move(one));
  }
  co_return found;
}

Task<absl::Status> ExportRepository::Save(v1::KeptExport kept, std::uint64_t version, std::int64_t offset,
                                          std::string written, std::optional<store::Event> event) {
  CO_ASSIGN_OR_RETURN(const OperationName name, OperationName::Parse(kept.name()));
  const std::string id = ExportId(name);
  store::Commit commit{.partition = PartitionOf(name.owner)};
  commit.preconditions.push_back({kExport, id, version});
  for (std::size_t begin = 0; begin < written.size(); begin += kPartBytes) {
    std::string part = written.substr(begin, kPartBytes);
    const std::int64_t end = offset + static_cast<std::int64_t>(begin + part.size());
    commit.puts.push_back({kPart, PartId(name, end), std::move(part)});
  }
  if (kept.done()) {
    commit.deletes.push_back({kRunning, id});
  } else if (version == 0) {
    commit.puts.push_back({kRunning, id, ""});
  }
  commit.puts.push_back({kExport, id, kept.SerializeAsString()});
  if (event.has_value()) commit.events.push_back(*std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<std::optional<FilePart>>> ExportRepository::Read(OperationName name, std::int64_t offset) const {
  // The first part that ends behind the offset.
  CO_ASSIGN_OR_RETURN(
      const store::Page page,
      co_await store_.Scan(kPart, PartitionOf(name.owner), absl::StrCat(ExportId(name), "/"), PartId(name, offset), 1));
  if (page.records.empty()) co_return std::nullopt;
  const store::Record& record = page.records.front();
  std::int64_t end = 0;
  if (!absl::SimpleAtoi(record.id.substr(record.id.rfind('/') + 1), &end)) {
    co_return absl::DataLossError("a part of an export has no place");
  }
  const std::int64_t begin = end - static_cast<std::int64_t>(record.value.size());
  co_return FilePart{.offset = offset, .data = record.value.substr(static_cast<std::size_t>(offset - begin))};
}

Task<absl::Status> ExportRepository::Remove(VersionedExport present, std::optional<store::Event> event) {
  CO_ASSIGN_OR_RETURN(const OperationName name, OperationName::Parse(present.kept.name()));
  const std::string partition = PartitionOf(name.owner);
  const std::string id = ExportId(name);
  for (bool more = true; more;) {
    CO_ASSIGN_OR_RETURN(const store::Page page,
                        co_await store_.Scan(kPart, partition, absl::StrCat(id, "/"), "", kPartsAtOnce));
    more = page.more;
    if (page.records.empty()) break;
    store::Commit commit{.partition = partition};
    commit.preconditions.push_back({kExport, id, present.version});
    for (const store::Record& record : page.records) commit.deletes.push_back({kPart, record.id});
    CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(commit)));
  }
  store::Commit commit{.partition = partition};
  commit.preconditions.push_back({kExport, id, present.version});
  commit.deletes.push_back({kExport, id});
  commit.deletes.push_back({kRunning, id});
  if (event.has_value()) commit.events.push_back(*std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

}  // namespace jiebang::application
