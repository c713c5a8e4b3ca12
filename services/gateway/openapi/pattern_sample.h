// A text that a pattern matches, for examples.
#ifndef JIEBANG_SERVICES_GATEWAY_OPENAPI_PATTERN_SAMPLE_H_
#define JIEBANG_SERVICES_GATEWAY_OPENAPI_PATTERN_SAMPLE_H_

#include <optional>
#include <string>

namespace jiebang::gateway::openapi {

// The shortest text by the first alternatives of `pattern`, but with three characters where that many may stand.
// Nullopt for what our contracts do not use of RE2: negated classes other than [^\s], anchors, flags and lazy
// repetition.
std::optional<std::string> SampleOf(const std::string& pattern);

}  // namespace jiebang::gateway::openapi

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_PATTERN_SAMPLE_H_
