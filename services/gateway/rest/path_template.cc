#include "services/gateway/rest/path_template.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::gateway {
namespace {

bool IsLiteral(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~';
  });
}

bool IsFieldPath(std::string_view text) {
  return IsLiteral(text) && text.find_first_of("-~") == std::string_view::npos && !text.starts_with('.') &&
         !text.ends_with('.') && text.find("..") == std::string_view::npos;
}

// By the grammar of http.proto, from left to right.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), left_(text) {}

  absl::StatusOr<PathTemplate> Parse() {
    if (!Skip('/')) return Fault("begins with no slash");
    do {
      RETURN_IF_ERROR(Skip('{') ? Variable() : Segment());
    } while (Skip('/'));
    if (Skip(':')) {
      if (!IsLiteral(left_)) return Fault("has a verb that is none");
      parsed_.verb = left_;
      left_ = {};
    }
    if (!left_.empty()) return Fault(absl::StrCat("has something left over: ", std::string(left_)));
    for (std::size_t i = 0; i + 1 < parsed_.segments.size(); ++i) {
      if (parsed_.segments[i].kind == PathSegment::Kind::kRest) return Fault("has ** before its end");
    }
    return parsed_;
  }

 private:
  absl::Status Variable() {
    PathVariable variable{.field = std::string(Take("=}")), .begin = parsed_.segments.size()};
    if (!IsFieldPath(variable.field)) return Fault("has a variable that names no field");
    if (Skip('=')) {
      do {
        RETURN_IF_ERROR(Segment());
      } while (Skip('/'));
    } else {
      parsed_.segments.push_back({.kind = PathSegment::Kind::kOne});
    }
    if (!Skip('}')) return Fault("has a variable that does not end");
    variable.end = parsed_.segments.size();
    variable.spans_segments =
        variable.end - variable.begin > 1 || parsed_.segments.back().kind == PathSegment::Kind::kRest;
    parsed_.variables.push_back(std::move(variable));
    return absl::OkStatus();
  }

  absl::Status Segment() {
    const std::string_view text = Take("/{}:=");
    if (text == "*") {
      parsed_.segments.push_back({.kind = PathSegment::Kind::kOne});
    } else if (text == "**") {
      parsed_.segments.push_back({.kind = PathSegment::Kind::kRest});
    } else if (IsLiteral(text)) {
      parsed_.segments.push_back({.kind = PathSegment::Kind::kLiteral, .literal = std::string(text)});
    } else {
      return Fault(absl::StrCat("has a segment that is none: \"", std::string(text), "\""));
    }
    return absl::OkStatus();
  }

  bool Skip(char mark) {
    if (!left_.starts_with(mark)) return false;
    left_.remove_prefix(1);
    return true;
  }

  std::string_view Take(std::string_view marks) {
    const std::string_view taken = left_.substr(0, left_.find_first_of(marks));
    left_.remove_prefix(taken.size());
    return taken;
  }

  absl::Status Fault(std::string what) const {
    return absl::InvalidArgumentError(absl::StrCat("the path \"", std::string(text_), "\" ", what));
  }

  const std::string_view text_;
  std::string_view left_;
  PathTemplate parsed_;
};

}  // namespace

absl::StatusOr<PathTemplate> PathTemplate::Parse(std::string_view text) { return Parser(text).Parse(); }

}  // namespace jiebang::gateway
