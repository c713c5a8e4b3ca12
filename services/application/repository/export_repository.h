// Keeps exports: how far each has come, and what it has written so far.
#ifndef JIEBANG_SERVICES_APPLICATION_REPOSITORY_EXPORT_REPOSITORY_H_
#define JIEBANG_SERVICES_APPLICATION_REPOSITORY_EXPORT_REPOSITORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/application/v1/export.pb.h"
#include "services/application/domain/operation_name.h"

namespace jiebang::application {

// An export as it was read.
struct VersionedExport {
  v1::KeptExport kept;
  std::uint64_t version = 0;
};

// A part of a file.
struct FilePart {
  std::int64_t offset = 0;
  std::string data;
};

// Exports stand in a few partitions, each with all that belongs to it: the record and its file change together or not
// at all, whichever of several processes works on it. Thread-safe. Errors beside those named: the store's.
class ExportRepository {
 public:
  static constexpr int kPartitions = 16;
  static constexpr std::size_t kPartBytes = 1 << 20;

  explicit ExportRepository(store::Store& store) : store_(store) {}

  // NOT_FOUND OPERATION_NOT_FOUND.
  Task<absl::StatusOr<VersionedExport>> Get(OperationName name) const;

  // All of an owner, ascending by name, `most` of them.
  Task<absl::StatusOr<std::vector<VersionedExport>>> OfOwner(std::string owner, std::size_t most) const;

  // Some of the partition, those that run or all of them, ascending, after `after`: "" or what stands behind
  // "operations/" in the last one's name.
  Task<absl::StatusOr<std::vector<VersionedExport>>> Some(int partition, bool only_running, std::string after) const;

  // Keeps `kept` in the place of that with `version` (0: there is none), and appends `written` to the file, which had
  // `offset` bytes. ABORTED when there is another version.
  Task<absl::Status> Save(v1::KeptExport kept, std::uint64_t version, std::int64_t offset, std::string written,
                          std::optional<store::Event> event);

  // The part of the file that has the byte at `offset`, from it on; nullopt: there is no such byte.
  Task<absl::StatusOr<std::optional<FilePart>>> Read(OperationName name, std::int64_t offset) const;

  // Takes the export and its file away; the record last, so that what was interrupted is taken up again.
  Task<absl::Status> Remove(VersionedExport present, std::optional<store::Event> event);

 private:
  store::Store& store_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_REPOSITORY_EXPORT_REPOSITORY_H_
