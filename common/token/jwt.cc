#include "common/token/jwt.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/token/base64url.h"
#include "common/token/bearer_errors.h"
#include "google/protobuf/util/json_util.h"

namespace jiebang::token {
namespace {

using google::protobuf::Value;

// No token of ours comes near this; what does is not worth a look at its signature.
constexpr std::size_t kMaxTokenBytes = 8 << 10;
// Year 5138; beyond it arithmetic with times is no arithmetic.
constexpr double kLastSecond = 1e11;

// Null when the member is not there, or null itself.
const Value* Find(const Json& object, const std::string& member) {
  const auto found = object.fields().find(member);
  if (found == object.fields().end() || found->second.kind_case() == Value::kNullValue) return nullptr;
  return &found->second;
}

absl::StatusOr<std::string> Encoded(const Json& object) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(object, &json).ok()) return ClaimsUnprintable();
  return ToBase64Url(json);
}

}  // namespace

std::optional<Json> ParseJson(const std::string& text) {
  Json object;
  if (!google::protobuf::util::JsonStringToMessage(text, &object).ok()) return std::nullopt;
  return object;
}

std::optional<Jwt> ParseJwt(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return std::nullopt;
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  const auto header_text = FromBase64Url(token.substr(0, first));
  const auto claims_text = FromBase64Url(token.substr(first + 1, second - first - 1));
  auto signature = FromBase64Url(token.substr(second + 1));  // a fourth part is no base64url
  if (!header_text || !claims_text || !signature) return std::nullopt;
  const std::optional<Json> header = ParseJson(*header_text);
  std::optional<Json> claims = ParseJson(*claims_text);
  if (!header || !claims || header->fields().contains("crit")) return std::nullopt;
  std::optional<std::string> kid = TextIn(*header, "kid");
  if (!kid) return std::nullopt;
  return Jwt{.algorithm = TextIn(*header, "alg").value_or(""),
             .kid = *std::move(kid),
             .claims = *std::move(claims),
             .signature = *std::move(signature),
             .signed_text = token.substr(0, second)};
}

absl::StatusOr<std::string> SignJwt(const Json& claims, const SigningKey& key) {
  Json header;
  SetText(header, "alg", std::string(AlgorithmOf(key.kind())));
  SetText(header, "typ", "JWT");
  SetText(header, "kid", key.kid());
  ASSIGN_OR_RETURN(const std::string encoded_header, Encoded(header));
  ASSIGN_OR_RETURN(const std::string encoded_claims, Encoded(claims));
  const std::string signed_text = absl::StrCat(encoded_header, ".", encoded_claims);
  return absl::StrCat(signed_text, ".", ToBase64Url(key.Sign(signed_text)));
}

std::string_view AlgorithmOf(KeyKind kind) {
  switch (kind) {
    case KeyKind::kEd25519:
      return "EdDSA";
    case KeyKind::kRsa:
      return "RS256";
    case KeyKind::kSm2:
      break;
  }
  return "";
}

std::optional<std::string> TextIn(const Json& object, const std::string& member) {
  const Value* const value = Find(object, member);
  if (value == nullptr) return "";
  if (value->kind_case() != Value::kStringValue) return std::nullopt;
  return value->string_value();
}

std::optional<std::vector<std::string>> TextsIn(const Json& object, const std::string& member) {
  const Value* const value = Find(object, member);
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (value->kind_case() == Value::kStringValue) return std::vector<std::string>{value->string_value()};
  if (value->kind_case() != Value::kListValue) return std::nullopt;
  for (const Value& element : value->list_value().values()) {
    if (element.kind_case() != Value::kStringValue) return std::nullopt;
    texts.push_back(element.string_value());
  }
  return texts;
}

std::optional<absl::Time> TimeIn(const Json& object, const std::string& member, absl::Time absent) {
  const Value* const value = Find(object, member);
  if (value == nullptr) return absent;
  if (value->kind_case() != Value::kNumberValue) return std::nullopt;
  const double seconds = value->number_value();
  if (!(std::abs(seconds) <= kLastSecond)) return std::nullopt;
  return absl::UnixEpoch() + absl::Seconds(seconds);
}

void SetText(Json& object, const std::string& member, const std::string& text) {
  if (!text.empty()) (*object.mutable_fields())[member].set_string_value(text);
}

// A number, which protobuf's own way from a message with 64-bit integers would write as a string.
void SetTime(Json& object, const std::string& member, absl::Time time) {
  (*object.mutable_fields())[member].set_number_value(static_cast<double>(absl::ToUnixSeconds(time)));
}

}  // namespace jiebang::token
