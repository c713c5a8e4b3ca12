// Messages as JSON Schema (2020-12, which OpenAPI 3.1 has), with the limits of options/v1/limits.proto.
#ifndef JIEBANG_SERVICES_GATEWAY_OPENAPI_SCHEMAS_H_
#define JIEBANG_SERVICES_GATEWAY_OPENAPI_SCHEMAS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "services/gateway/openapi/document.h"

namespace jiebang::gateway::openapi {

// Gathers the schemas that a document needs.
class Schemas {
 public:
  // Callers send messages of these types: limits are written down for them and for what they hold. Limits of a message
  // that is only ever answered bind nobody.
  void TakeFromCallers(const google::protobuf::Descriptor& request);

  // {"$ref": …} to the schema of the message, which is gathered with all that it holds.
  Json Ref(const google::protobuf::Descriptor& message);

  // As Ref, of what a body says of a message whose fields `elsewhere` stand in the path.
  Json RefToBody(const google::protobuf::Descriptor& message,
                 const std::set<const google::protobuf::FieldDescriptor*>& elsewhere);

  // As Ref, of what an update sends: nothing has to be there.
  Json RefToPatch(const google::protobuf::Descriptor& message);

  // Of the field itself, with its description.
  Json Field(const google::protobuf::FieldDescriptor& field);
  // Of one value of the field.
  Json Value(const google::protobuf::FieldDescriptor& field);

  // All that were gathered, by name.
  Json All() const;

 private:
  using Fields = std::set<const google::protobuf::FieldDescriptor*>;

  Json Object(const google::protobuf::Descriptor& message, const Fields& elsewhere, bool is_patch);
  Json RefAs(const std::string& name, const google::protobuf::Descriptor& message, const Fields& elsewhere,
             bool is_patch);
  Json RefToEnum(const google::protobuf::EnumDescriptor& type);
  Json MessageValue(const google::protobuf::Descriptor& message);
  Json TextValue(const google::protobuf::FieldDescriptor& field);
  Json IntegerValue(const google::protobuf::FieldDescriptor& field);
  bool IsSent(const google::protobuf::FieldDescriptor& field) const;

  std::set<const google::protobuf::Descriptor*> sent_;
  std::map<std::string, Json> schemas_;
};

}  // namespace jiebang::gateway::openapi

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_SCHEMAS_H_
