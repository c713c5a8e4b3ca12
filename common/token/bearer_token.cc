#include "common/token/bearer_token.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "common/token/base64url.h"
#include "common/token/bearer_errors.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace jiebang::token {
namespace {

using google::protobuf::Struct;
using jiebang::identity::v1::Claims;
using options::v1::Role;

constexpr char kAlgorithm[] = "EdDSA";

// No token of ours comes near this; what does is not worth a look at its signature.
constexpr std::size_t kMaxTokenBytes = 8 << 10;

// The three parts of a compact JWS (RFC 7515, 7.1).
struct Parts {
  std::string header;
  std::string payload;
  std::string signature;
  std::string_view signed_text;
};

std::optional<Parts> Split(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return std::nullopt;
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  auto header = FromBase64Url(token.substr(0, first));
  auto payload = FromBase64Url(token.substr(first + 1, second - first - 1));
  auto signature = FromBase64Url(token.substr(second + 1));  // a fourth part is no base64url
  if (!header || !payload || !signature) return std::nullopt;
  return Parts{*std::move(header), *std::move(payload), *std::move(signature), token.substr(0, second)};
}

// The member's text; "" when there is none or it is no string.
std::string Text(const Struct& object, const std::string& member) {
  const auto found = object.fields().find(member);
  return found == object.fields().end() ? "" : found->second.string_value();
}

void SetText(Struct& object, const char* member, const std::string& text) {
  if (!text.empty()) (*object.mutable_fields())[member].set_string_value(text);
}

// A NumericDate of RFC 7519, which is a number. Protobuf writes 64-bit integers as strings, hence the way over Struct.
void SetTime(Struct& object, const char* member, std::int64_t seconds) {
  (*object.mutable_fields())[member].set_number_value(static_cast<double>(seconds));
}

Struct ToJson(const Claims& claims) {
  Struct object;
  SetText(object, "iss", claims.iss());
  SetText(object, "sub", claims.sub());
  SetText(object, "aud", claims.aud());
  SetTime(object, "exp", claims.exp());
  SetTime(object, "iat", claims.iat());
  auto& roles = *(*object.mutable_fields())["roles"].mutable_list_value();
  for (const std::string& role : claims.roles()) roles.add_values()->set_string_value(role);
  SetText(object, "uscc", claims.uscc());
  SetText(object, "unit", claims.unit());
  SetText(object, "expert", claims.expert());
  return object;
}

absl::StatusOr<std::string> Encoded(const Struct& object) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(object, &json).ok()) return ClaimsUnprintable();
  return ToBase64Url(json);
}

std::optional<Claims> ClaimsOf(const std::string& json) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  Claims claims;
  if (!google::protobuf::util::JsonStringToMessage(json, &claims, options).ok()) return std::nullopt;
  return claims;
}

// ROLE_UNSPECIFIED for what no token may claim. The names are those of the contract's enum, exactly as Claims.roles
// spells them.
Role ClaimableRole(const std::string& name) {
  if (name != absl::AsciiStrToLower(name)) return options::v1::ROLE_UNSPECIFIED;
  Role role = options::v1::ROLE_UNSPECIFIED;
  if (!options::v1::Role_Parse(absl::StrCat("ROLE_", absl::AsciiStrToUpper(name)), &role))
    return options::v1::ROLE_UNSPECIFIED;
  const bool is_claimable = role != options::v1::ROLE_PUBLIC && role != options::v1::ROLE_SERVICE;
  return is_claimable ? role : options::v1::ROLE_UNSPECIFIED;
}

// An owner without the id of what it owns is nobody; one whose id is no id could be taken for somebody.
absl::Status CheckOwner(Role role, const Claims& claims) {
  if (role == options::v1::ROLE_APPLICANT && !IsResourceId(claims.uscc())) return OwnerIdMissing("applicant", "uscc");
  if (role == options::v1::ROLE_UNIT && !IsResourceId(claims.unit())) return OwnerIdMissing("unit", "unit");
  if (role == options::v1::ROLE_EXPERT && !IsResourceId(claims.expert())) return OwnerIdMissing("expert", "expert");
  return absl::OkStatus();
}

absl::StatusOr<Principal> ToPrincipal(const Claims& claims, absl::Time end) {
  if (claims.sub().empty()) return TokenMalformed();
  if (claims.roles().empty()) return RoleRefused("");
  Principal principal;
  principal.set_subject(claims.sub());
  for (const std::string& name : claims.roles()) {
    const Role role = ClaimableRole(name);
    if (role == options::v1::ROLE_UNSPECIFIED) return RoleRefused(name);
    RETURN_IF_ERROR(CheckOwner(role, claims));
    principal.add_roles(role);
  }
  principal.set_uscc(claims.uscc());
  principal.set_unit(claims.unit());
  principal.set_expert(claims.expert());
  principal.set_expire_seconds(absl::ToUnixSeconds(end - absl::Nanoseconds(1)));
  return principal;
}

}  // namespace

absl::StatusOr<std::string> SignBearer(const Claims& claims, const SigningKey& key) {
  Struct header;
  SetText(header, "alg", kAlgorithm);
  SetText(header, "typ", "JWT");
  SetText(header, "kid", key.kid());
  ASSIGN_OR_RETURN(const std::string encoded_header, Encoded(header));
  ASSIGN_OR_RETURN(const std::string encoded_claims, Encoded(ToJson(claims)));
  const std::string signed_text = absl::StrCat(encoded_header, ".", encoded_claims);
  return absl::StrCat(signed_text, ".", ToBase64Url(key.Sign(signed_text)));
}

BearerVerifier::BearerVerifier(std::vector<VerifyingKey> keys, std::string issuer, absl::Duration skew)
    : keys_(std::move(keys)), issuer_(std::move(issuer)), skew_(skew) {}

absl::StatusOr<Principal> BearerVerifier::Verify(std::string_view token, absl::Time now) const {
  const std::optional<Parts> parts = Split(token);
  if (!parts) return TokenMalformed();
  Struct header;
  if (!google::protobuf::util::JsonStringToMessage(parts->header, &header).ok()) return TokenMalformed();
  // RFC 7515, 4.1.11: who does not understand an extension that is marked as critical must refuse the token. We
  // understand none.
  if (header.fields().contains("crit")) return TokenMalformed();
  // The algorithm is ours to choose and not the token's: "none", or HS256 keyed with our public key, are the known
  // attacks.
  if (Text(header, "alg") != kAlgorithm) return SignatureWrong();
  if (!IsSigned(Text(header, "kid"), parts->signed_text, parts->signature)) return SignatureWrong();

  const std::optional<Claims> claims = ClaimsOf(parts->payload);
  if (!claims) return TokenMalformed();
  if (claims->iss() != issuer_) return WrongIssuer();
  if (claims->aud() != kAudience) return WrongAudience();
  const absl::Time end = absl::FromUnixSeconds(claims->exp()) + skew_;
  if (now >= end) return TokenExpired();
  return ToPrincipal(*claims, end);
}

bool BearerVerifier::IsSigned(std::string_view kid, std::string_view message, std::string_view signature) const {
  for (const VerifyingKey& key : keys_) {
    if ((kid.empty() || kid == key.kid()) && key.Verify(message, signature)) return true;
  }
  return false;
}

}  // namespace jiebang::token
