#include "services/gateway/openapi/contract.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/field_limits/field_limits.h"

namespace jiebang::gateway::openapi {

bool Is(google::api::FieldBehavior behaviour, const google::protobuf::FieldDescriptor& field) {
  for (int i = 0; i < field.options().ExtensionSize(google::api::field_behavior); ++i) {
    if (field.options().GetExtension(google::api::field_behavior, i) == behaviour) return true;
  }
  return false;
}

options::v1::FieldLimits LimitsOf(const google::protobuf::FieldDescriptor& field) {
  options::v1::FieldLimits limits = field.options().GetExtension(options::v1::limits);
  if (limits.max_length() == 0) limits.set_max_length(kDefaultMaxLength);
  if (limits.max_bytes() == 0) limits.set_max_bytes(kDefaultMaxBytes);
  if (limits.max_items() == 0) limits.set_max_items(kDefaultMaxItems);
  return limits;
}

std::string Markdown(const std::string& comment) {
  std::vector<std::string> lines;
  for (absl::string_view line : absl::StrSplit(comment, '\n')) {
    lines.emplace_back(absl::StripTrailingAsciiWhitespace(absl::StartsWith(line, " ") ? line.substr(1) : line));
  }
  return std::string(absl::StripAsciiWhitespace(absl::StrJoin(lines, "\n")));
}

std::string FirstSentence(const std::string& markdown) {
  const std::string sentence = markdown.substr(0, std::min(markdown.find(". "), markdown.find(".\n")));
  std::string line = absl::StrJoin(absl::StrSplit(sentence, '\n'), " ");
  if (line.ends_with('.')) line.pop_back();
  return line;
}

}  // namespace jiebang::gateway::openapi
