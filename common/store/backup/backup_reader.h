// Reads a back-up file: for a restore, a comparison, an audit that has nothing but the file.
#ifndef JIEBANG_COMMON_STORE_BACKUP_BACKUP_READER_H_
#define JIEBANG_COMMON_STORE_BACKUP_BACKUP_READER_H_

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/store/backup/source.h"
#include "common/store/backup/tally.h"

namespace jiebang::store::backup {

class BackupReader : public Source {
 public:
  // Reads the whole file once and checks its digest, so that nothing is ever taken from a damaged one. DATA_LOSS: it is
  // damaged or incomplete. INVALID_ARGUMENT: it is no back-up. FAILED_PRECONDITION: a newer program wrote it.
  static absl::StatusOr<std::unique_ptr<BackupReader>> Open(const std::filesystem::path& file);

  absl::StatusOr<std::optional<Item>> Next() override;
  // From the first item again.
  absl::Status Rewind();

  // When the back-up was asked for, and the services that are in it.
  const pb::Header& header() const { return header_; }
  // What was read since Open or Rewind; of the whole file after its end.
  const pb::Trailer& summary() { return tally_.Finish(); }

 private:
  struct Close {
    void operator()(std::FILE* stream) const { std::fclose(stream); }
  };
  BackupReader(std::filesystem::path file, std::FILE* stream) : file_(std::move(file)), stream_(stream) {}

  absl::Status CheckDigest();
  absl::Status ReadHeader();
  absl::Status CheckTrailer(const pb::Trailer& trailer);
  // The next message; `bytes_` has it with its length.
  absl::StatusOr<pb::Item> ReadMessage();
  absl::Status Damaged(const std::string& why) const;

  const std::filesystem::path file_;
  const std::unique_ptr<std::FILE, Close> stream_;
  std::uint64_t left_ = 0;  // bytes before the digest at the end
  std::string bytes_;
  pb::Header header_;
  Tally tally_;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_BACKUP_READER_H_
