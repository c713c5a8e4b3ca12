// Where in a text-format file the fields of the message parsed from it stand.
#ifndef JIEBANG_COMMON_PROGRAMME_SOURCE_MAP_H_
#define JIEBANG_COMMON_PROGRAMME_SOURCE_MAP_H_

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/text_format.h"

namespace jiebang::programme {

// A position in a file. Both count from 1; columns count bytes, as compilers do.
struct SourcePosition {
  int line = 1;
  int column = 1;
};

// Positions of the fields of one message.
class SourceMap {
 public:
  explicit SourceMap(const google::protobuf::Descriptor* root) : root_(root) {}

  // For TextFormat::Parser::WriteLocationsTo.
  google::protobuf::TextFormat::ParseInfoTree* recorder() { return &tree_; }

  // Position of the field at `path` (see findings.h). For a field that is not in the file, the position of the
  // innermost message around it that is; the start of the file if there is none.
  SourcePosition Find(const std::string& path) const;

 private:
  const google::protobuf::Descriptor* root_;
  google::protobuf::TextFormat::ParseInfoTree tree_;
};

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_SOURCE_MAP_H_
