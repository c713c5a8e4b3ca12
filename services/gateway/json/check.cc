#include "services/gateway/json/check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"
#include "services/gateway/json/keys.h"
#include "services/gateway/json/lexer.h"
#include "services/gateway/json/scalars.h"

namespace jiebang::gateway::json {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// google.protobuf.Struct and its like, and Any, whose type stands within the text: any JSON will do, and protobuf says
// what is wrong with it.
bool IsFree(const Descriptor& type) {
  return type.file()->name() == "google/protobuf/struct.proto" || type.file()->name() == "google/protobuf/any.proto";
}

// Lengthens a path as long as it lives.
class Step {
 public:
  Step(std::string& path, absl::string_view step) : path_(path), length_(path.size()) { absl::StrAppend(&path, step); }
  ~Step() { path_.resize(length_); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

 private:
  std::string& path_;
  const std::size_t length_;
};

// Recursive descent, as deep as kMaxDepth. Each function begins at the first token of its value and ends at the token
// behind it.
class Checker {
 public:
  Checker(std::string_view json, std::string_view path) : json_(json), lexer_(json), path_(path) {}

  absl::Status Text(const Descriptor& type) {
    Advance();
    RETURN_IF_ERROR(Message(type));
    return token_.kind == Token::Kind::kEnd ? absl::OkStatus()
                                            : Malformed("something follows the value", "值之后还有多余内容");
  }

 private:
  using Kind = Token::Kind;

  void Advance() { token_ = lexer_.Next(); }

  absl::Status Message(const Descriptor& type) {
    if (IsWrapper(type)) return Scalar(*type.FindFieldByName("value"));
    if (IsWrittenAsString(type)) return Accept(MismatchOfText(token_, type));
    if (IsFree(type)) return Anything();
    absl::flat_hash_set<const FieldDescriptor*> seen;
    return Object([&](const std::string& key) -> absl::Status {
      const FieldDescriptor* const field = FieldOf(type, key);
      if (field == nullptr) return UnknownField(key, type);
      const Step step(path_, path_.empty() ? field->name() : absl::StrCat(".", field->name()));
      if (!seen.insert(field).second) return DuplicateKey(key);
      return Field(*field);
    });
  }

  absl::Status Field(const FieldDescriptor& field) {
    // An explicit null is a field that is not set.
    if (token_.kind == Kind::kNull) return Anything();
    if (field.is_map()) return Map(*field.message_type());
    if (!field.is_repeated()) return Value(field);
    return Array([&] { return Value(field); });
  }

  absl::Status Map(const Descriptor& entry) {
    absl::flat_hash_set<std::string> seen;
    return Object([&](const std::string& key) -> absl::Status {
      const Step step(path_, absl::StrCat("[\"", key, "\"]"));
      if (const auto mismatch = MismatchOfKey(key, *entry.map_key())) return Invalid(*mismatch);
      if (!seen.insert(key).second) return DuplicateKey(key);
      return Value(*entry.map_value());
    });
  }

  absl::Status Value(const FieldDescriptor& field) {
    return field.message_type() != nullptr ? Message(*field.message_type()) : Scalar(field);
  }

  absl::Status Scalar(const FieldDescriptor& field) { return Accept(MismatchOf(token_, field)); }

  absl::Status Anything() {
    switch (token_.kind) {
      case Kind::kBeginArray:
        return Array([this] { return Anything(); });
      case Kind::kBeginObject: {
        absl::flat_hash_set<std::string> seen;
        return Object([&](const std::string& key) -> absl::Status {
          const Step step(path_, absl::StrCat("[\"", key, "\"]"));
          if (!seen.insert(key).second) return DuplicateKey(key);
          return Anything();
        });
      }
      case Kind::kString:
      case Kind::kNumber:
      case Kind::kTrue:
      case Kind::kFalse:
      case Kind::kNull:
        Advance();
        return absl::OkStatus();
      default:
        return Malformed("a value of JSON is wanted", "此处应为 JSON 值");
    }
  }

  // One value that is neither an object nor a list.
  absl::Status Accept(const std::optional<Mismatch>& mismatch) {
    if (mismatch) return NotA(*mismatch);
    Advance();
    return absl::OkStatus();
  }

  absl::Status Object(absl::FunctionRef<absl::Status(const std::string& key)> member) {
    if (token_.kind != Kind::kBeginObject) return NotA({"must be an object", "须为 JSON 对象"});
    RETURN_IF_ERROR(Descend());
    if (token_.kind == Kind::kEndObject) return Ascend();
    for (;; Advance()) {
      if (token_.kind != Kind::kString) return Malformed("a key is wanted", "此处应为键名");
      const std::string key(token_.text);
      Advance();
      if (token_.kind != Kind::kColon) return Malformed("a colon is wanted", "此处应为冒号");
      Advance();
      RETURN_IF_ERROR(member(key));
      if (token_.kind == Kind::kEndObject) return Ascend();
      if (token_.kind != Kind::kComma) return Malformed("a comma or } is wanted", "此处应为逗号或 }");
    }
  }

  absl::Status Array(absl::FunctionRef<absl::Status()> element) {
    if (token_.kind != Kind::kBeginArray) return NotA({"must be a list", "须为 JSON 数组"});
    RETURN_IF_ERROR(Descend());
    if (token_.kind == Kind::kEndArray) return Ascend();
    for (std::size_t index = 0;; ++index, Advance()) {
      {
        const Step step(path_, absl::StrCat("[", index, "]"));
        RETURN_IF_ERROR(element());
      }
      if (token_.kind == Kind::kEndArray) return Ascend();
      if (token_.kind != Kind::kComma) return Malformed("a comma or ] is wanted", "此处应为逗号或 ]");
    }
  }

  absl::Status Descend() {
    if (++depth_ > kMaxDepth) {
      return MalformedField(path_, absl::StrCat("JSON may nest ", kMaxDepth, " levels deep."),
                            absl::StrCat("JSON 嵌套不得超过 ", kMaxDepth, " 层。"), "JSON_TOO_DEEP");
    }
    Advance();
    return absl::OkStatus();
  }

  absl::Status Ascend() {
    --depth_;
    Advance();
    return absl::OkStatus();
  }

  // The token is a value of another kind, or none.
  absl::Status NotA(const Mismatch& mismatch) {
    switch (token_.kind) {
      case Kind::kFault:
      case Kind::kEnd:
      case Kind::kEndObject:
      case Kind::kEndArray:
      case Kind::kColon:
      case Kind::kComma:
        return Malformed("a value of JSON is wanted", "此处应为 JSON 值");
      default:
        return Invalid(mismatch);
    }
  }

  absl::Status Malformed(absl::string_view en, absl::string_view zh) const {
    const bool is_fault = token_.kind == Kind::kFault;
    const absl::string_view why = is_fault ? absl::string_view(token_.text.data(), token_.text.size()) : en;
    const absl::string_view why_zh = is_fault ? absl::string_view(token_.fault_zh.data(), token_.fault_zh.size()) : zh;
    const std::string_view before = json_.substr(0, token_.offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t column = token_.offset - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
    return MalformedField(path_, absl::StrCat("Not JSON at line ", line, ", byte ", column, ": ", why, "."),
                          absl::StrCat("第 ", line, " 行第 ", column, " 字节不是有效的 JSON：", why_zh, "。"),
                          "JSON_MALFORMED");
  }

  absl::Status Invalid(const Mismatch& mismatch) const {
    return MalformedField(path_, absl::StrCat(path_.empty() ? "The request" : path_, " ", mismatch.en, "."),
                          absl::StrCat(path_.empty() ? "请求" : path_, " ", mismatch.zh, "。"), "JSON_VALUE_INVALID");
  }

  absl::Status DuplicateKey(const std::string& key) const {
    return MalformedField(path_, absl::StrCat("The key \"", key, "\" names a field that is set already."),
                          absl::StrCat("键 \"", key, "\" 所指字段重复。"), "JSON_DUPLICATE_KEY");
  }

  absl::Status UnknownField(const std::string& key, const Descriptor& type) const {
    return MalformedField(path_.empty() ? key : absl::StrCat(path_, ".", key),
                          absl::StrCat(type.full_name(), " has no field \"", key, "\"."),
                          absl::StrCat(type.full_name(), " 没有字段 \"", key, "\"。"), "JSON_UNKNOWN_FIELD");
  }

  const std::string_view json_;
  Lexer lexer_;
  Token token_;
  std::string path_;
  int depth_ = 0;
};

}  // namespace

absl::Status Check(std::string_view json, std::string_view path, const Descriptor& type) {
  return Checker(json, path).Text(type);
}

}  // namespace jiebang::gateway::json
