#include "common/resource_name/resource_name.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang {
namespace {

constexpr std::size_t kMaxIdBytes = 63;

// Takes what the name has up to the next slash, and the slash.
std::string_view TakeSegment(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  return segment;
}

bool HasEmptySegment(std::string_view name) {
  return name.empty() || name.front() == '/' || name.back() == '/' || name.find("//") != std::string_view::npos;
}

bool IsPlaceholder(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

absl::Status Malformed(std::string_view pattern, std::string_view field) {
  const std::string wanted(pattern);
  const std::string where(field);
  return MalformedField(
      where, absl::StrCat(where, " must have the form ", wanted, ", with ids of 1 to 63 of [A-Za-z0-9._-]."),
      absl::StrCat(where, " 须为 ", wanted, " 的形式，各标识为 1 至 63 位 [A-Za-z0-9._-]"), "RESOURCE_NAME_MALFORMED");
}

}  // namespace

bool IsResourceId(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdBytes) return false;
  if (id == "-" || id == "." || id == "..") return false;
  return std::all_of(id.begin(), id.end(),
                     [](unsigned char c) { return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-'; });
}

absl::StatusOr<std::vector<std::string>> ParseResourceName(std::string_view pattern, std::string_view name,
                                                           std::string_view field, bool wildcards) {
  if (HasEmptySegment(name)) return Malformed(pattern, field);
  std::vector<std::string> ids;
  std::string_view rest = name;
  for (std::string_view pattern_rest = pattern; !pattern_rest.empty();) {
    const std::string_view wanted = TakeSegment(pattern_rest);
    const std::string_view given = TakeSegment(rest);
    if (!IsPlaceholder(wanted)) {
      if (given != wanted) return Malformed(pattern, field);
      continue;
    }
    if (!IsResourceId(given) && !(wildcards && given == "-")) return Malformed(pattern, field);
    ids.emplace_back(given);
  }
  if (!rest.empty()) return Malformed(pattern, field);
  return ids;
}

std::optional<std::string_view> IdIn(std::string_view name, std::string_view collection) {
  if (HasEmptySegment(name)) return std::nullopt;
  std::optional<std::string_view> found;
  while (!name.empty()) {
    const std::string_view named = TakeSegment(name);
    const std::string_view id = TakeSegment(name);
    if (named != collection || id.empty()) continue;
    if (found) return std::nullopt;
    found = id;
  }
  return found;
}

}  // namespace jiebang
