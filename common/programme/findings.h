// What is wrong with a programme file, and where in it.
#ifndef JIEBANG_COMMON_PROGRAMME_FINDINGS_H_
#define JIEBANG_COMMON_PROGRAMME_FINDINGS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace jiebang::programme {

// One thing that is wrong.
struct Finding {
  std::string path;    // of a field, e.g. `rules[3].maturity.model`
  std::string reason;  // why it is refused, for the writer of the file
};

// Everything that is wrong, in the order in which it was found.
class Findings {
 public:
  void Add(std::string path, std::string reason) { all_.push_back({std::move(path), std::move(reason)}); }
  void Append(const Findings& more) { all_.insert(all_.end(), more.all_.begin(), more.all_.end()); }

  bool empty() const { return all_.empty(); }
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

 private:
  std::vector<Finding> all_;
};

// The path of an element: At("rules", 3) is `rules[3]`.
inline std::string At(const std::string& field, int index) { return absl::StrCat(field, "[", index, "]"); }

// The path of a field of a message: Of("rules[3]", "clause") is `rules[3].clause`.
inline std::string Of(const std::string& parent, const std::string& field) {
  return parent.empty() ? field : absl::StrCat(parent, ".", field);
}

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_FINDINGS_H_
