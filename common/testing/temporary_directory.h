// A directory of a test's own that is gone with it.
#ifndef JIEBANG_COMMON_TESTING_TEMPORARY_DIRECTORY_H_
#define JIEBANG_COMMON_TESTING_TEMPORARY_DIRECTORY_H_

#include <cstdlib>
#include <filesystem>
#include <string>

namespace jiebang {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string path = std::filesystem::temp_directory_path() / "jiebang-test-XXXXXX";
    path_ = mkdtemp(path.data());
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_TEMPORARY_DIRECTORY_H_
