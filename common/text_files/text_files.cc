#include "common/text_files/text_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang {
namespace {

constexpr char kExtension[] = ".textproto";

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) return absl::UnavailableError(absl::StrCat(path.string(), ": cannot be read"));
  return text;
}

}  // namespace

absl::StatusOr<std::vector<TextFile>> ReadTextFiles(const std::filesystem::path& directory) {
  std::error_code error;
  std::vector<TextFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() == kExtension) files.push_back({.path = entry.path(), .text = {}});
  }
  if (error) return absl::NotFoundError(absl::StrCat(directory.string(), ": ", error.message()));
  if (files.empty()) return absl::NotFoundError(absl::StrCat(directory.string(), ": no *", kExtension, " in it"));
  std::sort(files.begin(), files.end(), [](const auto& left, const auto& right) { return left.path < right.path; });
  for (TextFile& file : files) {
    ASSIGN_OR_RETURN(file.text, ReadFile(file.path));
  }
  return files;
}

}  // namespace jiebang
