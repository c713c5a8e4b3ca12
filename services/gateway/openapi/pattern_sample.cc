#include "services/gateway/openapi/pattern_sample.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "re2/re2.h"

namespace jiebang::gateway::openapi {
namespace {

constexpr int kWanted = 3;

// Recursive descent over the few constructs that are read; what comes out is held against the pattern by RE2 in the
// end.
class Sampler {
 public:
  explicit Sampler(std::string_view pattern) : left_(pattern) {}

  std::string Alternatives() {
    std::string first = Sequence();
    while (Skip('|')) Sequence();
    return first;
  }

 private:
  std::string Sequence() {
    std::string text;
    while (!left_.empty() && left_.front() != '|' && left_.front() != ')') {
      const std::string atom = Atom();
      for (int times = Times(); times > 0; --times) text.append(atom);
    }
    return text;
  }

  std::string Atom() {
    if (Skip('(')) {
      std::string inner = Alternatives();
      Skip(')');
      return inner;
    }
    if (Skip('[')) return Class();
    Skip('\\');
    const char literal = left_.front();
    left_.remove_prefix(1);
    return literal == '.' ? "x" : std::string(1, literal);
  }

  // One character of the class: its first, or a letter where all but a few are meant.
  std::string Class() {
    const bool is_negated = Skip('^');
    const std::size_t end = left_.find(']', 1);
    const std::string_view members = left_.substr(0, end);
    left_.remove_prefix(std::min(left_.size(), members.size() + 1));
    if (is_negated) return "x";
    return members.starts_with("0-9") && members.size() > 3 && absl::ascii_isalpha(members[3])
               ? "9"
               : std::string(1, members[0]);
  }

  // How often the atom before stands.
  int Times() {
    if (Skip('?')) return 0;
    if (Skip('*')) return 0;
    if (Skip('+')) return kWanted;
    if (!Skip('{')) return 1;
    const int least = Count();
    const int most = Skip(',') ? (left_.starts_with('}') ? kWanted : Count()) : least;
    Skip('}');
    return std::max(least, std::min(most, kWanted));
  }

  int Count() {
    int count = 0;
    while (!left_.empty() && absl::ascii_isdigit(static_cast<unsigned char>(left_.front()))) {
      count = count * 10 + (left_.front() - '0');
      left_.remove_prefix(1);
    }
    return count;
  }

  bool Skip(char mark) {
    if (!left_.starts_with(mark)) return false;
    left_.remove_prefix(1);
    return true;
  }

  std::string_view left_;
};

}  // namespace

std::optional<std::string> SampleOf(const std::string& pattern) {
  std::string sample = Sampler(pattern).Alternatives();
  if (!RE2::FullMatch(sample, pattern)) return std::nullopt;
  return sample;
}

}  // namespace jiebang::gateway::openapi
