// Field masks of updates (AIP-134): which fields of a resource a caller changes, and their new values.
#ifndef JIEBANG_COMMON_FIELD_MASK_FIELD_MASK_H_
#define JIEBANG_COMMON_FIELD_MASK_FIELD_MASK_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace google::protobuf {
class FieldMask;
class Message;
}  // namespace google::protobuf

namespace jiebang {

// Sets the fields of `target` that `mask` names to what `source`, a message of the same type, has there; a field that
// is not set in `source` is cleared. An empty mask names those of `changeable` that are set in `source`, "*" names all
// of `changeable`. A field is replaced as a whole: a path goes no deeper than the message itself. INVALID_ARGUMENT
// FIELD_MASK_MALFORMED, naming the path, for one that is not in `changeable`; `target` is then as it was.
absl::Status ApplyFieldMask(const google::protobuf::FieldMask& mask, absl::Span<const std::string_view> changeable,
                            const google::protobuf::Message& source, google::protobuf::Message& target);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_FIELD_MASK_FIELD_MASK_H_
