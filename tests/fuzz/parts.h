// An input that stands for several texts.
#ifndef JIEBANG_TESTS_FUZZ_PARTS_H_
#define JIEBANG_TESTS_FUZZ_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jiebang::fuzz {

class Parts {
 public:
  Parts(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  // Up to the next line feed, which is left out; so that a corpus can be read and written by hand.
  std::string_view Line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return line;
  }

  std::string_view Rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace jiebang::fuzz

#endif  // JIEBANG_TESTS_FUZZ_PARTS_H_
