#include "common/store/backup/backup_writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/backup/durable_file.h"
#include "google/protobuf/io/coded_stream.h"

namespace jiebang::store::backup {
namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

absl::Status CannotWrite(const std::filesystem::path& file) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", file.string()));
}

// That the file which we have locked is still the one of this name: its writer may just have finished it.
bool HasStill(const std::filesystem::path& name, int descriptor) {
  struct stat named;
  struct stat opened;
  return stat(name.c_str(), &named) == 0 && fstat(descriptor, &opened) == 0 && named.st_ino == opened.st_ino;
}

// The emptied file, for us alone.
absl::Status Claim(const std::filesystem::path& part, int descriptor) {
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !HasStill(part, descriptor)) {
    return absl::FailedPreconditionError(absl::StrCat(part.string(), " is being written by another process"));
  }
  // One that was left by a killed process may have had other rights.
  if (ftruncate(descriptor, 0) != 0 || fchmod(descriptor, 0600) != 0) return CannotWrite(part);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<BackupWriter>> BackupWriter::Create(const std::filesystem::path& file,
                                                                   const std::vector<std::string>& services,
                                                                   absl::Time now) {
  std::error_code unknown;
  if (std::filesystem::exists(file, unknown)) {
    return absl::AlreadyExistsError(absl::StrCat(file.string(), " exists, and a back-up is never overwritten"));
  }
  std::filesystem::path part = file;
  part += ".part";
  const int descriptor = open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return CannotWrite(part);
  if (absl::Status claimed = Claim(part, descriptor); !claimed.ok()) {
    close(descriptor);
    return claimed;
  }
  std::unique_ptr<BackupWriter> writer(new BackupWriter(file, std::move(part), descriptor));
  writer->buffer_ = kMagic;
  pb::Item message;
  pb::Header& header = *message.mutable_header();
  header.set_format_version(kFormatVersion);
  header.mutable_create_time()->set_seconds(absl::ToUnixSeconds(now));
  for (const std::string& service : services) header.add_services(service);
  writer->Append(message);
  return writer;
}

BackupWriter::~BackupWriter() {
  if (!finished_) unlink(part_.c_str());
  close(descriptor_);
}

std::string_view BackupWriter::Append(const pb::Item& message) {
  const std::size_t begin = buffer_.size();
  const std::size_t size = message.ByteSizeLong();
  const std::size_t prefix = google::protobuf::io::CodedOutputStream::VarintSize32(static_cast<std::uint32_t>(size));
  buffer_.resize(begin + prefix + size);
  auto* const target = reinterpret_cast<std::uint8_t*>(buffer_.data() + begin);
  google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(static_cast<std::uint32_t>(size), target);
  message.SerializeWithCachedSizesToArray(target + prefix);
  return std::string_view(buffer_).substr(begin);
}

absl::Status BackupWriter::Put(const Item& item) {
  const pb::Item message = ToMessage(item);
  RETURN_IF_ERROR(tally_.Add(message, Append(message)));
  return FlushWhenLarge();
}

absl::Status BackupWriter::Finish() {
  pb::Item message;
  *message.mutable_trailer() = tally_.Finish();
  Append(message);
  RETURN_IF_ERROR(Flush());
  buffer_ = digest_.Finish();
  RETURN_IF_ERROR(Flush());
  if (fsync(descriptor_) != 0) return CannotWrite(part_);
  RETURN_IF_ERROR(RenameDurably(part_, file_));
  finished_ = true;
  return absl::OkStatus();
}

absl::Status BackupWriter::FlushWhenLarge() { return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush(); }

absl::Status BackupWriter::Flush() {
  digest_.Add(buffer_);
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t written = write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return CannotWrite(part_);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return absl::OkStatus();
}

}  // namespace jiebang::store::backup
