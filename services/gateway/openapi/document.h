// A JSON document whose objects keep the order in which they were written: the same contracts give the same bytes.
#ifndef JIEBANG_SERVICES_GATEWAY_OPENAPI_DOCUMENT_H_
#define JIEBANG_SERVICES_GATEWAY_OPENAPI_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace jiebang::gateway::openapi {

class Json {
 public:
  static Json Object() { return Json('{'); }
  static Json List() { return Json('['); }
  static Json Text(const std::string& text);
  static Json Number(std::int64_t number);
  static Json Bool(bool value);
  // `json`: one value of JSON, written as it is.
  static Json Raw(std::string json);

  // An object's member; a list's element.
  Json& Set(const std::string& key, Json value);
  Json& Set(const std::string& key, const std::string& text) { return Set(key, Text(text)); }
  Json& Add(Json value);

  bool is_empty() const { return members_.empty(); }
  // Of an object, made where it is not there yet.
  Json& operator[](const std::string& key);

  // Indented by one space a level.
  std::string ToString() const;

 private:
  explicit Json(char kind) : kind_(kind) {}
  void Print(int depth, std::string& out) const;

  char kind_;  // '{', '[' or 0 for text_
  std::string text_;
  std::vector<std::pair<std::string, Json>> members_;
};

}  // namespace jiebang::gateway::openapi

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_DOCUMENT_H_
