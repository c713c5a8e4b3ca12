// What the contracts say of a field or a method beyond its type.
#ifndef JIEBANG_SERVICES_GATEWAY_OPENAPI_CONTRACT_H_
#define JIEBANG_SERVICES_GATEWAY_OPENAPI_CONTRACT_H_

#include <string>

#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"
#include "jiebang/options/v1/limits.pb.h"

namespace jiebang::gateway::openapi {

bool Is(google::api::FieldBehavior behaviour, const google::protobuf::FieldDescriptor& field);

// As written, with our defaults where nothing is.
options::v1::FieldLimits LimitsOf(const google::protobuf::FieldDescriptor& field);

// Lines without the space that stands behind the slashes.
std::string Markdown(const std::string& comment);

// The comment before a declaration, as Markdown; "" when there is none or the descriptors were made without comments.
template <class Declaration>
std::string CommentOf(const Declaration& declaration) {
  google::protobuf::SourceLocation location;
  return declaration.GetSourceLocation(&location) ? Markdown(location.leading_comments) : "";
}

// Up to the end of its first sentence, without the full stop.
std::string FirstSentence(const std::string& markdown);

}  // namespace jiebang::gateway::openapi

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_CONTRACT_H_
