#include "common/store/backup/redis_layout.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/store/redis/keys.h"
#include "common/store/store.h"

namespace jiebang::store::backup {

std::optional<ParsedKey> Parse(absl::string_view key) {
  if (!absl::ConsumePrefix(&key, "{")) return std::nullopt;
  const auto brace = key.find('}');
  if (brace == absl::string_view::npos) return std::nullopt;
  const absl::string_view tag = key.substr(0, brace);
  key.remove_prefix(brace + 1);
  const auto colon = tag.rfind(':');
  if (colon == absl::string_view::npos || key.size() < 2 || key[1] != ':') return std::nullopt;
  ParsedKey parsed{.prefix = tag.substr(0, colon), .kind = key[0], .rest = key.substr(2)};
  if (!absl::SimpleAtoi(tag.substr(colon + 1), &parsed.shard)) return std::nullopt;
  if (parsed.shard < 0 || parsed.shard >= kShards) return std::nullopt;
  return parsed;
}

std::pair<std::string, std::string> SplitPair(absl::string_view rest) {
  const auto zero = rest.find('\0');
  if (zero == absl::string_view::npos) return {std::string(rest), ""};
  return {std::string(rest.substr(0, zero)), std::string(rest.substr(zero + 1))};
}

std::string PatternOf(absl::string_view prefix) {
  std::string pattern = "{";
  for (const char byte : prefix) {
    if (absl::string_view("*?[]\\^-").find(byte) != absl::string_view::npos) pattern += '\\';
    pattern += byte;
  }
  return pattern + ":*}*";
}

std::string CompactedKey(absl::string_view prefix, int shard) {
  return redis::Keys(std::string(prefix)).Compacted(shard);
}

std::string RestoringKey(absl::string_view prefix) { return redis::Keys(std::string(prefix)).Restoring(); }

}  // namespace jiebang::store::backup
