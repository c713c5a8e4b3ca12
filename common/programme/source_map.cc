#include "common/programme/source_map.h"

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace jiebang::programme {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

struct Step {
  std::string name;
  int index = 0;
};

// Reads `rules[3]`, or `clause` with the index 0.
Step ParseStep(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('[', 1));
  Step step{.name = std::string(parts.first)};
  if (!parts.second.empty() && !absl::SimpleAtoi(parts.second.substr(0, parts.second.size() - 1), &step.index)) {
    step.index = 0;
  }
  return step;
}

// Elements written in one list, `tracks: ["a", "b"]`, share one position: of the elements up to this one, the last that
// has its own.
TextFormat::ParseLocation Locate(const TextFormat::ParseInfoTree& tree, const FieldDescriptor* field, int index) {
  if (!field->is_repeated()) return tree.GetLocation(field, -1);
  TextFormat::ParseLocation location = tree.GetLocation(field, index);
  while (location.line < 0 && index > 0) location = tree.GetLocation(field, --index);
  return location;
}

}  // namespace

SourcePosition SourceMap::Find(const std::string& path) const {
  SourcePosition position;
  const google::protobuf::Descriptor* message = root_;
  const TextFormat::ParseInfoTree* tree = &tree_;
  for (absl::string_view text : absl::StrSplit(path, '.', absl::SkipEmpty())) {
    const Step step = ParseStep(text);
    const FieldDescriptor* field = message->FindFieldByName(step.name);
    if (field == nullptr) break;
    const TextFormat::ParseLocation location = Locate(*tree, field, step.index);
    if (location.line < 0) break;
    position = {.line = location.line + 1, .column = location.column + 1};
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) break;
    tree = tree->GetTreeForNested(field, field->is_repeated() ? step.index : -1);
    if (tree == nullptr) break;
    message = field->message_type();
  }
  return position;
}

}  // namespace jiebang::programme
