// Resource names as the API Improvement Proposals write them (AIP-122): collection/id/collection/id/...
#ifndef JIEBANG_COMMON_RESOURCE_NAME_RESOURCE_NAME_H_
#define JIEBANG_COMMON_RESOURCE_NAME_RESOURCE_NAME_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jiebang {

// True for an id: 1 to 63 of [A-Za-z0-9._-], but not "-" (which AIP-159 reads as "any"), "." or "..".
bool IsResourceId(std::string_view id);

// Matches `name` as a whole against a pattern like "programmes/{programme}/units/{unit}" and gives the ids in order.
// With `wildcards`, "-" may stand for an id, as in the parent of a list. INVALID_ARGUMENT RESOURCE_NAME_MALFORMED,
// naming the field and the pattern.
absl::StatusOr<std::vector<std::string>> ParseResourceName(std::string_view pattern, std::string_view name,
                                                           std::string_view field = "name", bool wildcards = false);

// The id that follows `collection` in `name`: IdIn("programmes/x/units/320000/lists/y", "units") is "320000". The name
// is walked in pairs of collection and id, so an id that is called like a collection is not taken for one. A singleton
// at the end ("units/320000/quota") is passed over. nullopt when the collection is not in the name, is there twice, or
// the name has an empty segment: who decides by the answer must never be shown one id and act on another.
std::optional<std::string_view> IdIn(std::string_view name, std::string_view collection);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_RESOURCE_NAME_RESOURCE_NAME_H_
