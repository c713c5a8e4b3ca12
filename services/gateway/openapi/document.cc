#include "services/gateway/openapi/document.h"

#include "services/gateway/json/json.h"

namespace jiebang::gateway::openapi {

Json Json::Text(const std::string& text) { return Raw(JsonString(text)); }

Json Json::Number(std::int64_t number) { return Raw(std::to_string(number)); }

Json Json::Bool(bool value) { return Raw(value ? "true" : "false"); }

Json Json::Raw(std::string json) {
  Json value('\0');
  value.text_ = std::move(json);
  return value;
}

Json& Json::Set(const std::string& key, Json value) {
  members_.emplace_back(key, std::move(value));
  return *this;
}

Json& Json::Add(Json value) {
  members_.emplace_back("", std::move(value));
  return *this;
}

Json& Json::operator[](const std::string& key) {
  for (auto& [name, value] : members_) {
    if (name == key) return value;
  }
  members_.emplace_back(key, Object());
  return members_.back().second;
}

std::string Json::ToString() const {
  std::string out;
  Print(0, out);
  return out.append("\n");
}

void Json::Print(int depth, std::string& out) const {
  if (kind_ == '\0') {
    out.append(text_);
    return;
  }
  out.push_back(kind_);
  const char* separator = "\n";
  for (const auto& [key, value] : members_) {
    out.append(separator).append(static_cast<std::size_t>(depth + 1), ' ');
    if (kind_ == '{') out.append(JsonString(key)).append(": ");
    value.Print(depth + 1, out);
    separator = ",\n";
  }
  if (!members_.empty()) out.append("\n").append(static_cast<std::size_t>(depth), ' ');
  out.push_back(kind_ == '{' ? '}' : ']');
}

}  // namespace jiebang::gateway::openapi
