// Who is registered to call, for whom they may act, and what is believed no more:
// protos/jiebang/identity/v1/registry.proto as the gateway asks it.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_REGISTRY_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_REGISTRY_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/token/key_set.h"
#include "common/token/request_signature.h"
#include "jiebang/identity/v1/principal.pb.h"
#include "jiebang/identity/v1/registry.pb.h"
#include "services/gateway/identity/certificate.h"

namespace jiebang::gateway {

struct Platform {
  identity::v1::Principal principal;  // when it calls for itself; no roles: it cannot
  std::vector<std::string> region_prefixes;
  absl::flat_hash_set<std::string> enterprises;
  token::KeySet keys;  // for assertions

  const std::string& id() const { return principal.subject(); }
  // `uscc`: written as one is.
  bool ActsFor(const std::string& uscc) const;
};

struct RequestKey {
  token::HmacKind kind = token::HmacKind::kSha256;
  std::string secret;
  std::shared_ptr<const Platform> platform;
};

// By what a caller's proof can be withdrawn.
struct Evidence {
  std::string subject;
  std::string platform;              // empty: the caller is none
  std::string token_id;              // empty: no token, or one without an id
  std::vector<std::string> key_ids;  // that the proof stands on
  std::string certificate;           // fingerprint; empty: none
  absl::Time issued_at = absl::InfinitePast();
};

// Immutable, thread-safe.
class Registry {
 public:
  // The content of a file that the registry names.
  using ReadSecret = std::function<absl::StatusOr<std::string>(const std::string& path)>;

  Registry() = default;

  // From the text of a registry file. INVALID_ARGUMENT with a line for everything that is wrong with it: fields that
  // the schema does not have, ids that are none or come twice, roles and regions that are none, keys and secrets that
  // cannot be used.
  static absl::StatusOr<Registry> Parse(const std::string& text, const ReadSecret& read_secret);

  // Null: it is not registered.
  std::shared_ptr<const Platform> Find(const std::string& id) const;
  std::shared_ptr<const Platform> OwnerOf(const Certificate& certificate) const;
  const RequestKey* FindRequestKey(const std::string& id) const;

  // Whether what proved a caller is believed no more: it is revoked, or its platform is no longer registered.
  bool IsWithdrawn(const Evidence& evidence) const;

 private:
  class Reader;

  std::map<std::string, std::shared_ptr<const Platform>> platforms_;
  absl::flat_hash_map<std::string, RequestKey> request_keys_;
  absl::flat_hash_map<std::string, std::shared_ptr<const Platform>> by_spki_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const Platform>> by_issued_name_;  // issuer, name

  absl::flat_hash_set<std::string> revoked_token_ids_;
  absl::flat_hash_map<std::string, absl::Time> revoked_subjects_;  // until when what was issued is revoked
  absl::flat_hash_set<std::string> revoked_key_ids_;
  absl::flat_hash_set<std::string> revoked_certificates_;
  absl::flat_hash_set<std::string> revoked_platforms_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_REGISTRY_H_
