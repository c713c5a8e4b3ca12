#include "common/token/key_set.h"

#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/token/base64url.h"

namespace jiebang::token {
namespace {

using google::protobuf::Value;

// A token without a kid is held against each.
constexpr int kMostKeys = 64;

// Why a key that is well formed is of no use here; empty: it is.
absl::StatusOr<std::string> WhyLeftOut(const Json& jwk) {
  const std::optional<std::string> type = TextIn(jwk, "kty");
  const std::optional<std::string> use = TextIn(jwk, "use");
  const std::optional<std::string> algorithm = TextIn(jwk, "alg");
  const std::optional<std::string> curve = TextIn(jwk, "crv");
  const std::optional<std::vector<std::string>> operations = TextsIn(jwk, "key_ops");
  if (!type || type->empty()) return absl::InvalidArgumentError("has no kty");
  if (!use || !algorithm || !curve || !operations) {
    return absl::InvalidArgumentError("has a use, alg, crv or key_ops that is no text");
  }
  if (*type != "OKP" && *type != "RSA") return absl::StrCat("its type ", *type, " is not OKP or RSA");
  if (!use->empty() && *use != "sig") return absl::StrCat("its use is ", *use);
  if (!operations->empty() && !absl::c_linear_search(*operations, "verify")) return std::string("it verifies nothing");
  if (*type == "OKP" && *curve != "Ed25519") return absl::StrCat("its curve ", *curve, " is not Ed25519");
  const std::string_view wanted = AlgorithmOf(*type == "OKP" ? KeyKind::kEd25519 : KeyKind::kRsa);
  if (!algorithm->empty() && *algorithm != wanted) return absl::StrCat("its algorithm is ", *algorithm);
  return std::string();
}

absl::StatusOr<std::string> BytesIn(const Json& jwk, const std::string& member) {
  const std::optional<std::string> text = TextIn(jwk, member);
  std::optional<std::string> bytes = text && !text->empty() ? FromBase64Url(*text) : std::nullopt;
  if (!bytes) return absl::InvalidArgumentError(absl::StrCat("has no ", member, " in base64url"));
  return *std::move(bytes);
}

absl::StatusOr<VerifyingKey> VerifyingKeyIn(const Json& jwk) {
  if (TextIn(jwk, "kty") == "OKP") {
    ASSIGN_OR_RETURN(const std::string bytes, BytesIn(jwk, "x"));
    return VerifyingKey::Ed25519FromBytes(bytes);
  }
  ASSIGN_OR_RETURN(const std::string modulus, BytesIn(jwk, "n"));
  ASSIGN_OR_RETURN(const std::string exponent, BytesIn(jwk, "e"));
  return VerifyingKey::RsaFromNumbers(modulus, exponent);
}

// How many bits an RSA key has; its weakness is no mistake in the file.
bool IsWeak(const Json& jwk) {
  if (TextIn(jwk, "kty") != "RSA") return false;
  const absl::StatusOr<std::string> modulus = BytesIn(jwk, "n");
  return modulus.ok() && modulus->size() < 2048 / 8;
}

// nullopt, with a note, for one that is left out.
absl::StatusOr<std::optional<NamedKey>> KeyIn(const Json& jwk, std::vector<std::string>& notes) {
  const std::optional<std::string> kid = TextIn(jwk, "kid");
  if (!kid) return absl::InvalidArgumentError("has a kid that is no text");
  if (jwk.fields().contains("d")) return absl::InvalidArgumentError("has its private part in it");
  ASSIGN_OR_RETURN(std::string why, WhyLeftOut(jwk));
  if (why.empty() && IsWeak(jwk)) why = "it has less than 2048 bits";
  if (!why.empty()) {
    notes.push_back(absl::StrCat("the key \"", *kid, "\" is left out: ", why));
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(VerifyingKey key, VerifyingKeyIn(jwk));
  return NamedKey{*kid, std::move(key)};
}

}  // namespace

const NamedKey* KeySet::SignerOf(const Jwt& jwt) const {
  for (const NamedKey& named : keys_) {
    const bool may_be = AlgorithmOf(named.key.kind()) == jwt.algorithm && (jwt.kid.empty() || jwt.kid == named.kid);
    if (may_be && named.key.Verify(jwt.signed_text, jwt.signature)) return &named;
  }
  return nullptr;
}

absl::StatusOr<PublishedKeys> ParseKeySet(const std::string& json) {
  const std::optional<Json> set = ParseJson(json);
  if (!set) return absl::InvalidArgumentError("it is no JSON object");
  const auto found = set->fields().find("keys");
  if (found == set->fields().end() || found->second.kind_case() != Value::kListValue) {
    return absl::InvalidArgumentError("it has no list \"keys\"");
  }
  const auto& entries = found->second.list_value().values();
  if (entries.size() > kMostKeys) return absl::InvalidArgumentError("it has more than 64 keys");
  std::vector<NamedKey> keys;
  std::vector<std::string> notes;
  for (int i = 0; i < entries.size(); ++i) {
    if (!entries[i].has_struct_value()) return absl::InvalidArgumentError(absl::StrCat("keys[", i, "] is no object"));
    absl::StatusOr<std::optional<NamedKey>> key = KeyIn(entries[i].struct_value(), notes);
    if (!key.ok()) return absl::InvalidArgumentError(absl::StrCat("keys[", i, "]: ", key.status().message()));
    if (*key) keys.push_back(**std::move(key));
  }
  if (keys.empty()) return absl::InvalidArgumentError("it has no key that can be used");
  return PublishedKeys{KeySet(std::move(keys)), std::move(notes)};
}

absl::StatusOr<NamedKey> ParseKey(const std::string& json) {
  const std::optional<Json> jwk = ParseJson(json);
  if (!jwk) return absl::InvalidArgumentError("it is no JSON object");
  std::vector<std::string> notes;
  ASSIGN_OR_RETURN(std::optional<NamedKey> key, KeyIn(*jwk, notes));
  if (!key) return absl::InvalidArgumentError(notes.front());
  return *std::move(key);
}

}  // namespace jiebang::token
