// Writes a back-up file.
#ifndef JIEBANG_COMMON_STORE_BACKUP_BACKUP_WRITER_H_
#define JIEBANG_COMMON_STORE_BACKUP_BACKUP_WRITER_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/sha256.h"
#include "common/store/backup/source.h"
#include "common/store/backup/tally.h"

namespace jiebang::store::backup {

// The file is called `file`.part until Finish, and readable by its owner only: it holds personal data.
class BackupWriter : public Sink {
 public:
  // `services`: what will be put, ascending. ALREADY_EXISTS: there is such a file; a back-up is never overwritten.
  // FAILED_PRECONDITION: another process writes it.
  static absl::StatusOr<std::unique_ptr<BackupWriter>> Create(const std::filesystem::path& file,
                                                              const std::vector<std::string>& services, absl::Time now);
  // Without Finish nothing is left.
  ~BackupWriter() override;

  // RESOURCE_EXHAUSTED: the disk is full.
  absl::Status Put(const Item& item) override;
  absl::Status Finish() override;

  // What was written, after Finish.
  const pb::Trailer& summary() { return tally_.Finish(); }

 private:
  BackupWriter(std::filesystem::path file, std::filesystem::path part, int descriptor)
      : file_(std::move(file)), part_(std::move(part)), descriptor_(descriptor) {}

  // The message with its length, and what was added.
  std::string_view Append(const pb::Item& message);
  absl::Status FlushWhenLarge();
  absl::Status Flush();

  const std::filesystem::path file_;
  const std::filesystem::path part_;
  const int descriptor_;
  std::string buffer_;
  Sha256 digest_;
  Tally tally_;
  bool finished_ = false;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_BACKUP_WRITER_H_
