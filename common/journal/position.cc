#include "common/journal/position.h"

#include "absl/strings/escaping.h"
#include "common/errors/error.h"

namespace jiebang::journal {
namespace {

absl::Status Malformed() {
  return MalformedField("resume_token", "not a resume token of this service; leave it empty to begin at the beginning",
                        "不是本服务给出的续传标记；留空则从头开始", "RESUME_TOKEN_MALFORMED");
}

}  // namespace

std::string Position::Token() const {
  std::string bytes;
  for (std::uint64_t sequence : handled) {
    while (sequence >= 0x80) {
      bytes.push_back(static_cast<char>(sequence | 0x80));
      sequence >>= 7;
    }
    bytes.push_back(static_cast<char>(sequence));
  }
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<Position> Position::Parse(std::string_view token) {
  Position position;
  if (token.empty()) return position;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(std::string(token), &bytes)) return Malformed();
  std::size_t at = 0;
  for (std::uint64_t& sequence : position.handled) {
    for (int shift = 0;; shift += 7) {
      if (at == bytes.size() || shift > 56) return Malformed();
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      sequence |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) break;
    }
  }
  if (at != bytes.size()) return Malformed();
  return position;
}

}  // namespace jiebang::journal
