// The files of a directory that are read at start: programmes, maturity models.
#ifndef JIEBANG_COMMON_TEXT_FILES_TEXT_FILES_H_
#define JIEBANG_COMMON_TEXT_FILES_TEXT_FILES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace jiebang {

struct TextFile {
  std::filesystem::path path;
  std::string text;
};

// All files of the directory itself that end in `.textproto`, in the order of their names. NOT_FOUND: no such
// directory, or none in it; UNAVAILABLE: one cannot be read. Both name the path.
absl::StatusOr<std::vector<TextFile>> ReadTextFiles(const std::filesystem::path& directory);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TEXT_FILES_TEXT_FILES_H_
