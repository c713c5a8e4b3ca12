#include "services/gateway/json/keys.h"

#include "services/gateway/json/lexer.h"

namespace jiebang::gateway::json {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const FieldDescriptor* FieldOf(const Descriptor& type, std::string_view key) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* const field = type.field(i);
    if (field->json_name() == key || field->name() == key) return field;
  }
  return nullptr;
}

std::vector<const FieldDescriptor*> FieldsSetBy(std::string_view json, const Descriptor& type) {
  using Kind = Token::Kind;
  std::vector<const FieldDescriptor*> fields;
  Lexer lexer(json);
  int depth = 0;
  bool is_key = false;  // only a key comes right behind the brace or a comma of the outermost object
  for (Token token = lexer.Next(); token.kind != Kind::kEnd && token.kind != Kind::kFault; token = lexer.Next()) {
    if (is_key && token.kind == Kind::kString) {
      if (const FieldDescriptor* const field = FieldOf(type, token.text)) fields.push_back(field);
    }
    if (token.kind == Kind::kBeginObject || token.kind == Kind::kBeginArray) ++depth;
    if (token.kind == Kind::kEndObject || token.kind == Kind::kEndArray) --depth;
    is_key = depth == 1 && (token.kind == Kind::kBeginObject || token.kind == Kind::kComma);
  }
  return fields;
}

}  // namespace jiebang::gateway::json
