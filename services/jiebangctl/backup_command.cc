#include "services/jiebangctl/backup_command.h"

#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "common/store/backup/backup_reader.h"
#include "common/store/backup/backup_writer.h"
#include "common/store/backup/compare.h"
#include "common/store/backup/copy_ahead.h"
#include "common/store/backup/source.h"
#include "common/store/backup/stores.h"

namespace jiebang::ctl {
namespace {

using store::backup::BackupReader;
using store::backup::BackupWriter;
using store::backup::Copy;
using store::backup::CopyAhead;
using store::backup::FirstDifference;
using store::backup::ServiceStore;
using store::backup::Snapshot;
using store::backup::Source;

std::vector<std::string> NamesOf(const std::vector<ServiceStore>& stores) {
  std::vector<std::string> names;
  for (const ServiceStore& each : stores) names.push_back(each.service);
  return names;
}

void Print(const backup::v1::Trailer& summary, std::ostream& output) {
  for (const backup::v1::ServiceSummary& service : summary.services()) {
    output << service.name() << ": " << service.records() << " records, " << service.replays()
           << " remembered answers, " << service.journal_entries() << " journal entries, sha256 "
           << absl::BytesToHexString(service.sha256()) << '\n';
  }
}

absl::Status CheckSameServices(const std::string& file, const BackupReader& reader,
                               const std::vector<ServiceStore>& stores) {
  const std::vector<std::string> saved(reader.header().services().begin(), reader.header().services().end());
  const std::vector<std::string> given = NamesOf(stores);
  if (saved == given) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(file, " has ", absl::StrJoin(saved, ", "),
                                                    "; stores are given for ", absl::StrJoin(given, ", "),
                                                    "; a back-up is restored as a whole: --store NAME=LOCATION"));
}

}  // namespace

absl::Status Backup(const StoreFlags& stores, const std::string& file, absl::Duration longest_pause, const Now& now,
                    std::ostream& output) {
  ASSIGN_OR_RETURN(const std::vector<ServiceStore> all, StoresOf(stores));
  // The file first: a writer is not stopped for a back-up that has no place.
  ASSIGN_OR_RETURN(const std::unique_ptr<BackupWriter> writer, BackupWriter::Create(file, NamesOf(all), now()));
  ASSIGN_OR_RETURN(const std::unique_ptr<Snapshot> snapshot, TakeSnapshot(all, now(), longest_pause));
  RETURN_IF_ERROR(CopyAhead(*snapshot, *writer));
  RETURN_IF_ERROR(writer->Finish());
  Print(writer->summary(), output);
  output << file << ": written; writes waited " << absl::FormatDuration(snapshot->writes_waited()) << '\n';
  return absl::OkStatus();
}

absl::Status Restore(const std::string& file, const StoreFlags& stores, const Now& now, std::ostream& output) {
  ASSIGN_OR_RETURN(const std::vector<ServiceStore> all, StoresOf(stores));
  ASSIGN_OR_RETURN(const std::unique_ptr<BackupReader> reader, BackupReader::Open(file));
  RETURN_IF_ERROR(CheckSameServices(file, *reader, all));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::backup::Restore> restore, BeginRestore(all, now()));
  RETURN_IF_ERROR(Copy(*reader, *restore));
  ASSIGN_OR_RETURN(const std::unique_ptr<Source> restored, restore->ReadBack());
  RETURN_IF_ERROR(reader->Rewind());
  ASSIGN_OR_RETURN(const std::optional<std::string> difference,
                   FirstDifference(*reader, *restored, {.a = file, .b = "the restored stores"}, now));
  if (difference) return absl::DataLossError(absl::StrCat("what was restored does not read back: ", *difference));
  RETURN_IF_ERROR(restore->Finish());
  Print(reader->summary(), output);
  output << file << ": restored, read back and equal\n";
  return absl::OkStatus();
}

absl::Status CheckBackup(const std::string& file, std::ostream& output) {
  ASSIGN_OR_RETURN(const std::unique_ptr<BackupReader> reader, BackupReader::Open(file));
  while (true) {
    ASSIGN_OR_RETURN(const auto item, reader->Next());
    if (!item) break;
  }
  Print(reader->summary(), output);
  output << file << ": whole; of " << absl::FormatTime(absl::FromUnixSeconds(reader->header().create_time().seconds()))
         << '\n';
  return absl::OkStatus();
}

absl::Status CompareBackups(const std::string& a, const std::string& b, const Now& now, std::ostream& output) {
  ASSIGN_OR_RETURN(const std::unique_ptr<BackupReader> left, BackupReader::Open(a));
  ASSIGN_OR_RETURN(const std::unique_ptr<BackupReader> right, BackupReader::Open(b));
  ASSIGN_OR_RETURN(const std::optional<std::string> difference, FirstDifference(*left, *right, {a, b}, now));
  if (difference) return absl::FailedPreconditionError(*difference);
  output << a << " and " << b << " hold the same\n";
  return absl::OkStatus();
}

}  // namespace jiebang::ctl
