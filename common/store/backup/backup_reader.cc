#include "common/store/backup/backup_reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/backup/sha256.h"

namespace jiebang::store::backup {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

}  // namespace

absl::StatusOr<std::unique_ptr<BackupReader>> BackupReader::Open(const std::filesystem::path& file) {
  std::FILE* const stream = std::fopen(file.c_str(), "rbe");
  if (stream == nullptr) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", file.string()));
  std::unique_ptr<BackupReader> reader(new BackupReader(file, stream));
  RETURN_IF_ERROR(reader->CheckDigest());
  RETURN_IF_ERROR(reader->Rewind());
  return reader;
}

absl::Status BackupReader::Damaged(const std::string& why) const {
  return absl::DataLossError(absl::StrCat(file_.string(), " is damaged or incomplete: ", why));
}

absl::Status BackupReader::CheckDigest() {
  std::string piece(kMagic.size(), '\0');
  if (std::fread(piece.data(), 1, piece.size(), stream_.get()) != piece.size() || piece != kMagic) {
    return absl::InvalidArgumentError(absl::StrCat(file_.string(), " is no back-up of Jiebang"));
  }
  struct stat status;
  if (fstat(fileno(stream_.get()), &status) != 0) return absl::ErrnoToStatus(errno, file_.string());
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size < kMagic.size() + kSha256Bytes) return Damaged("it is too short");
  Sha256 digest;
  digest.Add(piece);
  for (std::uint64_t left = size - kMagic.size() - kSha256Bytes; left > 0; left -= piece.size()) {
    piece.resize(std::min<std::uint64_t>(left, kPieceBytes));
    if (std::fread(piece.data(), 1, piece.size(), stream_.get()) != piece.size()) return Damaged("it cannot be read");
    digest.Add(piece);
  }
  piece.resize(kSha256Bytes);
  if (std::fread(piece.data(), 1, piece.size(), stream_.get()) != piece.size()) return Damaged("it cannot be read");
  if (digest.Finish() != piece) return Damaged("its content does not fit the digest at its end");
  return absl::OkStatus();
}

absl::Status BackupReader::Rewind() {
  struct stat status;
  if (fstat(fileno(stream_.get()), &status) != 0 ||
      std::fseek(stream_.get(), static_cast<long>(kMagic.size()), SEEK_SET) != 0) {
    return absl::ErrnoToStatus(errno, file_.string());
  }
  left_ = static_cast<std::uint64_t>(status.st_size) - kMagic.size() - kSha256Bytes;
  tally_ = Tally();
  return ReadHeader();
}

absl::Status BackupReader::ReadHeader() {
  ASSIGN_OR_RETURN(pb::Item message, ReadMessage());
  if (!message.has_header()) return Damaged("it has no header");
  header_ = std::move(*message.mutable_header());
  if (header_.format_version() == kFormatVersion) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(file_.string(), " has format version ", header_.format_version(),
                                                    ", this program knows ", kFormatVersion, ": take a newer program"));
}

absl::StatusOr<std::optional<Item>> BackupReader::Next() {
  ASSIGN_OR_RETURN(pb::Item message, ReadMessage());
  if (message.has_trailer()) {
    RETURN_IF_ERROR(CheckTrailer(message.trailer()));
    return std::nullopt;
  }
  if (const absl::Status added = tally_.Add(message, bytes_); !added.ok()) return Damaged(std::string(added.message()));
  absl::StatusOr<Item> item = FromMessage(std::move(message));
  if (!item.ok()) return Damaged(std::string(item.status().message()));
  return *std::move(item);
}

absl::Status BackupReader::CheckTrailer(const pb::Trailer& trailer) {
  if (left_ > 0) return Damaged("it goes on behind its end");
  const pb::Trailer& found = tally_.Finish();
  if (trailer.SerializeAsString() != found.SerializeAsString()) return Damaged("it does not hold what it says");
  const bool as_announced =
      std::equal(header_.services().begin(), header_.services().end(), found.services().begin(), found.services().end(),
                 [](const std::string& name, const pb::ServiceSummary& service) { return name == service.name(); });
  return as_announced ? absl::OkStatus() : Damaged("it has not the services that it announces");
}

absl::StatusOr<pb::Item> BackupReader::ReadMessage() {
  bytes_.clear();
  std::uint64_t size = 0;
  for (int shift = 0;; shift += 7) {
    const int byte = left_ == 0 || shift > 28 ? EOF : std::fgetc(stream_.get());
    if (byte == EOF) return Damaged("an item has no length");
    --left_;
    bytes_.push_back(static_cast<char>(byte));
    size |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) break;
  }
  if (size > left_) return Damaged("an item is longer than the file");
  const std::size_t prefix = bytes_.size();
  bytes_.resize(prefix + size);
  if (std::fread(bytes_.data() + prefix, 1, size, stream_.get()) != size) return Damaged("it cannot be read");
  left_ -= size;
  pb::Item message;
  if (!message.ParseFromArray(bytes_.data() + prefix, static_cast<int>(size))) return Damaged("an item is malformed");
  return message;
}

}  // namespace jiebang::store::backup
