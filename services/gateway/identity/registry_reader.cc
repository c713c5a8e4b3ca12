// How a registry file becomes a registry.
#include <optional>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/resource_name/resource_name.h"
#include "common/uscc/uscc.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "services/gateway/identity/registry.h"

namespace jiebang::gateway {
namespace {

using identity::v1::CertificatePin;
using options::v1::Role;

constexpr std::size_t kLeastSecretBytes = 32;
constexpr std::size_t kSha256Digits = 64;

// Warnings count as errors, see common/programme/loader.cc.
class SyntaxErrors : public google::protobuf::io::ErrorCollector {
 public:
  explicit SyntaxErrors(std::vector<std::string>& errors) : errors_(errors) {}

  void AddError(int line, int column, const std::string& message) override {
    errors_.push_back(absl::StrCat(line + 1, ":", column + 1, ": ", message));
  }
  void AddWarning(int line, int column, const std::string& message) override { AddError(line, column, message); }

 private:
  std::vector<std::string>& errors_;
};

bool IsSha256(const std::string& text) {
  return text.size() == kSha256Digits &&
         absl::c_all_of(text, [](char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); });
}

bool IsRegion(const std::string& text) {
  return (text.size() == 2 || text.size() == 4 || text.size() == 6) && absl::c_all_of(text, absl::ascii_isdigit);
}

// What a platform may be by itself: nobody whose id it would have to choose.
std::optional<Role> RoleOfPlatform(const std::string& name) {
  if (name == "unit") return options::v1::ROLE_UNIT;
  if (name == "ministry") return options::v1::ROLE_MINISTRY;
  if (name == "operator") return options::v1::ROLE_OPERATOR;
  if (name == "auditor") return options::v1::ROLE_AUDITOR;
  return std::nullopt;
}

absl::StatusOr<token::NamedKey> KeyOf(const identity::v1::AssertionKey& key) {
  if (key.has_jwk()) {
    absl::StatusOr<token::NamedKey> parsed = token::ParseKey(key.jwk());
    if (parsed.ok() && !key.kid().empty()) parsed->kid = key.kid();
    if (parsed.ok() && parsed->kid.empty()) parsed->kid = parsed->key.kid();
    return parsed;
  }
  absl::StatusOr<token::VerifyingKey> parsed = token::VerifyingKey::ForTokensFromPem(key.pem());
  if (!parsed.ok()) return parsed.status();
  return token::NamedKey{key.kid().empty() ? parsed->kid() : key.kid(), *std::move(parsed)};
}

}  // namespace

class Registry::Reader {
 public:
  explicit Reader(const ReadSecret& read_secret) : read_secret_(read_secret) {}

  absl::StatusOr<Registry> Read(const std::string& text) {
    identity::v1::Registry file;
    SyntaxErrors syntax(errors_);
    google::protobuf::TextFormat::Parser parser;
    parser.RecordErrorsTo(&syntax);
    // Windows editors put a byte order mark first.
    const absl::string_view without_mark = absl::StripPrefix(text, "\xEF\xBB\xBF");
    if (!parser.ParseFromString(std::string(without_mark), &file) && errors_.empty())
      Wrong("the file cannot be parsed");
    if (errors_.empty()) {
      for (const identity::v1::Platform& platform : file.platforms()) Add(platform);
      Add(file.revocations());
    }
    if (!errors_.empty()) return absl::InvalidArgumentError(absl::StrJoin(errors_, "\n"));
    return std::move(registry_);
  }

 private:
  void Wrong(std::string what) { errors_.push_back(std::move(what)); }
  void Wrong(const identity::v1::Platform& platform, const std::string& what) {
    errors_.push_back(absl::StrCat("platform \"", platform.id(), "\": ", what));
  }

  void Add(const identity::v1::Platform& from) {
    auto platform = std::make_shared<Platform>();
    if (!IsResourceId(from.id())) Wrong(from, "its id is no id");
    platform->principal.set_subject(from.id());
    platform->principal.set_unit(from.unit());
    for (const std::string& name : from.roles()) {
      const std::optional<Role> role = RoleOfPlatform(name);
      if (!role) Wrong(from, absl::StrCat("roles: a platform cannot be \"", name, "\""));
      if (role == options::v1::ROLE_UNIT && !IsResourceId(from.unit())) Wrong(from, "the role unit needs a unit");
      if (role) platform->principal.add_roles(*role);
    }
    for (const std::string& region : from.region_prefixes()) {
      if (!IsRegion(region)) Wrong(from, absl::StrCat("region_prefixes: \"", region, "\" is not 2, 4 or 6 digits"));
      platform->region_prefixes.push_back(region);
    }
    for (const std::string& uscc : from.enterprises()) {
      if (!HasFormOfUscc(uscc)) Wrong(from, absl::StrCat("enterprises: \"", uscc, "\" is no USCC"));
      platform->enterprises.insert(uscc);
    }
    std::vector<token::NamedKey> keys;
    for (int i = 0; i < from.keys_size(); ++i) {
      absl::StatusOr<token::NamedKey> key = KeyOf(from.keys(i));
      if (!key.ok()) {
        Wrong(from, absl::StrCat("keys[", i, "]: ", key.status().message()));
      } else if (!key_ids_.insert(key->kid).second) {
        Wrong(from, absl::StrCat("keys[", i, "]: the kid \"", key->kid, "\" comes twice"));
      } else {
        keys.push_back(*std::move(key));
      }
    }
    platform->keys = token::KeySet(std::move(keys));
    for (const identity::v1::HmacKey& key : from.hmac_keys()) AddRequestKey(from, key, platform);
    for (const CertificatePin& pin : from.certificates()) AddPin(from, pin, platform);
    if (!registry_.platforms_.emplace(from.id(), platform).second) Wrong(from, "its id comes twice");
  }

  void AddRequestKey(const identity::v1::Platform& from, const identity::v1::HmacKey& key,
                     const std::shared_ptr<const Platform>& platform) {
    const std::string place = absl::StrCat("hmac key \"", key.id(), "\": ");
    if (!IsResourceId(key.id())) Wrong(from, place + "its id is no id");
    if (!key_ids_.insert(key.id()).second) Wrong(from, place + "its id comes twice");
    if (!identity::v1::HmacAlgorithm_IsValid(key.algorithm())) Wrong(from, place + "its algorithm is unknown");
    const absl::StatusOr<std::string> content = read_secret_(key.secret_file());
    if (!content.ok()) return Wrong(from, absl::StrCat(place, content.status().message()));
    const std::string secret(absl::StripAsciiWhitespace(*content));
    if (secret.size() < kLeastSecretBytes) Wrong(from, place + "its secret has fewer than 32 bytes");
    const bool is_sm3 = key.algorithm() == identity::v1::HMAC_ALGORITHM_SM3;
    registry_.request_keys_[key.id()] = {
        .kind = is_sm3 ? token::HmacKind::kSm3 : token::HmacKind::kSha256, .secret = secret, .platform = platform};
  }

  void AddPin(const identity::v1::Platform& from, const CertificatePin& pin,
              const std::shared_ptr<const Platform>& platform) {
    bool is_new = true;
    if (pin.has_spki_sha256()) {
      if (!IsSha256(pin.spki_sha256())) Wrong(from, "spki_sha256: want 64 lower-case hexadecimal digits");
      is_new = registry_.by_spki_.emplace(pin.spki_sha256(), platform).second;
    } else {
      const std::string& name = pin.issued_name().subject_alt_name();
      const bool has_kind = name.starts_with("DNS:") || name.starts_with("URI:");
      if (pin.issued_name().issuer().empty() || !has_kind || name.size() == 4) {
        Wrong(from, "issued_name: want an issuer, and a subject_alt_name that begins with DNS: or URI:");
      }
      is_new = registry_.by_issued_name_.emplace(std::pair(pin.issued_name().issuer(), name), platform).second;
    }
    if (!is_new) Wrong(from, "certificates: a pin comes twice");
  }

  void Add(const identity::v1::Revocations& from) {
    // An empty id would withdraw every proof that has none.
    const auto fill = [&](const auto& ids, absl::flat_hash_set<std::string>& to, const char* field) {
      for (const std::string& id : ids) {
        if (id.empty()) Wrong(absl::StrCat("revocations.", field, ": one is empty"));
        to.insert(id);
      }
    };
    fill(from.token_ids(), registry_.revoked_token_ids_, "token_ids");
    fill(from.key_ids(), registry_.revoked_key_ids_, "key_ids");
    fill(from.platforms(), registry_.revoked_platforms_, "platforms");
    fill(from.certificate_fingerprints(), registry_.revoked_certificates_, "certificate_fingerprints");
    for (const std::string& fingerprint : from.certificate_fingerprints()) {
      if (!IsSha256(fingerprint)) {
        Wrong(absl::StrCat("revocations.certificate_fingerprints: \"", fingerprint,
                           "\" is not 64 lower-case hexadecimal digits"));
      }
    }
    for (const identity::v1::SubjectRevocation& subject : from.subjects()) {
      if (subject.subject().empty()) Wrong("revocations.subjects: one is empty");
      const absl::Time before = subject.has_issued_before() ? absl::FromUnixSeconds(subject.issued_before().seconds()) +
                                                                  absl::Nanoseconds(subject.issued_before().nanos())
                                                            : absl::InfiniteFuture();
      absl::Time& until = registry_.revoked_subjects_.emplace(subject.subject(), before).first->second;
      until = std::max(until, before);
    }
  }

  const ReadSecret& read_secret_;
  Registry registry_;
  std::set<std::string> key_ids_;
  std::vector<std::string> errors_;
};

absl::StatusOr<Registry> Registry::Parse(const std::string& text, const ReadSecret& read_secret) {
  return Reader(read_secret).Read(text);
}

}  // namespace jiebang::gateway
