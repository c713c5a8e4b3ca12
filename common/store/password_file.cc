#include "common/store/password_file.h"

#include <fstream>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace jiebang::store {

absl::StatusOr<std::string> ReadPassword(const std::filesystem::path& file) {
  if (file.empty()) return "";
  std::ifstream stream(file);
  if (!stream)
    return absl::FailedPreconditionError(absl::StrCat("cannot read the password of Redis from ", file.string()));
  std::string password{std::istreambuf_iterator<char>(stream), {}};
  absl::StripTrailingAsciiWhitespace(&password);
  return password;
}

}  // namespace jiebang::store
