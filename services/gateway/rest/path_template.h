// The path templates of google.api.http (google/api/http.proto), e.g. "/v1/{name=lists/*}:announce".
#ifndef JIEBANG_SERVICES_GATEWAY_REST_PATH_TEMPLATE_H_
#define JIEBANG_SERVICES_GATEWAY_REST_PATH_TEMPLATE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jiebang::gateway {

struct PathSegment {
  enum class Kind {
    kLiteral,
    kOne,   // `*`: one segment that is not empty
    kRest,  // `**`: all that are left, and be it none; stands at the end
  };

  Kind kind = Kind::kLiteral;
  std::string literal;

  bool operator==(const PathSegment&) const = default;
};

// The segments from `begin` to before `end` are the value of a field.
struct PathVariable {
  std::string field;  // dotted path from the request, e.g. "unit.name"
  std::size_t begin = 0;
  std::size_t end = 0;
  bool spans_segments = false;  // not `{field}` nor `{field=*}`: a slash within the value is one between segments
};

struct PathTemplate {
  std::vector<PathSegment> segments;
  std::vector<PathVariable> variables;
  std::string verb;  // of a custom method: "announce"; empty: none

  // INVALID_ARGUMENT saying what is wrong with it.
  static absl::StatusOr<PathTemplate> Parse(std::string_view text);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_PATH_TEMPLATE_H_
