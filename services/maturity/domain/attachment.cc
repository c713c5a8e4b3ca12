#include "services/maturity/domain/attachment.h"

#include <string_view>

#include "common/clock/timestamp.h"
#include "common/token/digest.h"
#include "services/maturity/domain/insight_errors.h"

namespace jiebang::maturity {
namespace {

struct FileType {
  std::string_view media_type;
  std::string_view first_bytes;
};

constexpr std::string_view kZip = "PK\x03\x04";
constexpr FileType kFileTypes[] = {
    {"application/pdf", "%PDF-"},
    {"image/png", "\x89PNG\r\n\x1a\n"},
    {"image/jpeg", "\xff\xd8\xff"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kZip},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", kZip},
};

bool IsWhatItSays(std::string_view media_type, std::string_view content) {
  for (const FileType& type : kFileTypes) {
    if (type.media_type == media_type) return content.starts_with(type.first_bytes);
  }
  return false;
}

}  // namespace

absl::StatusOr<v1::Attachment> NewAttachment(const AttachmentName& name, const v1::Attachment& asked,
                                             const std::string& content, absl::Time now) {
  if (!IsWhatItSays(asked.media_type(), content)) return errors::AttachmentTypeWrong(asked.media_type());
  v1::Attachment attachment;
  attachment.set_name(name.ToString());
  attachment.set_title(asked.title());
  attachment.set_media_type(asked.media_type());
  attachment.set_size_bytes(static_cast<std::int64_t>(content.size()));
  attachment.set_sha256(token::Sha256Hex(content));
  *attachment.mutable_create_time() = ToTimestamp(now);
  return attachment;
}

}  // namespace jiebang::maturity
