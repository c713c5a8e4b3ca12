#include "common/journal/position.h"

#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/token/digest.h"

namespace jiebang::journal {
namespace {

absl::Status Malformed() {
  return MalformedField("resume_token", "not a resume token of this service; leave it empty to begin at the beginning",
                        "不是本服务给出的续传标记；留空则从头开始", "RESUME_TOKEN_MALFORMED");
}

void AppendVarint(std::uint64_t number, std::string& bytes) {
  while (number >= 0x80) {
    bytes.push_back(static_cast<char>(number | 0x80));
    number >>= 7;
  }
  bytes.push_back(static_cast<char>(number));
}

std::optional<std::uint64_t> TakeVarint(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (int shift = 0; shift <= 56 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return number;
  }
  return std::nullopt;
}

}  // namespace

Place Place::After(int shard, const store::JournalEntry& entry) {
  const auto part = [](std::string_view text) { return absl::StrCat(text.size(), ":", std::string(text)); };
  const std::string digest =
      token::Sha256Hex(absl::StrCat(shard, ":", entry.sequence, ":", part(entry.partition), part(entry.event.type),
                                    part(entry.event.resource), part(entry.event.payload)));
  Place place{.sequence = entry.sequence};
  for (const char digit : digest.substr(0, 8)) {
    place.mark = place.mark << 4 | static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  if (place.mark == 0) place.mark = 1;
  return place;
}

std::string Position::Token() const {
  std::string bytes;
  for (const Place& place : places) {
    AppendVarint(place.sequence, bytes);
    if (place.sequence != 0) AppendVarint(place.mark, bytes);
  }
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<Position> Position::Parse(std::string_view token) {
  Position position;
  if (token.empty()) return position;
  std::string decoded;
  if (!absl::WebSafeBase64Unescape(std::string(token), &decoded)) return Malformed();
  std::string_view bytes = decoded;
  for (Place& place : position.places) {
    const std::optional<std::uint64_t> sequence = TakeVarint(bytes);
    if (!sequence) return Malformed();
    place.sequence = *sequence;
    if (place.sequence == 0) continue;
    const std::optional<std::uint64_t> mark = TakeVarint(bytes);
    if (!mark || *mark > 0xffff'ffff) return Malformed();
    place.mark = static_cast<std::uint32_t>(*mark);
  }
  if (!bytes.empty()) return Malformed();
  return position;
}

}  // namespace jiebang::journal
