#include "services/gateway/identity/registry.h"

#include "absl/algorithm/container.h"

namespace jiebang::gateway {
namespace {

// GB 32100-2015, 5.2: characters 3 to 8 are the division of the registration authority.
constexpr std::size_t kRegionBegin = 2;

template <class Map, class Key>
auto FindIn(const Map& map, const Key& key) -> typename Map::mapped_type {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

}  // namespace

bool Platform::ActsFor(const std::string& uscc) const {
  if (enterprises.contains(uscc)) return true;
  return absl::c_any_of(region_prefixes, [&](const std::string& prefix) {
    return uscc.compare(kRegionBegin, prefix.size(), prefix) == 0;
  });
}

std::shared_ptr<const Platform> Registry::Find(const std::string& id) const { return FindIn(platforms_, id); }

std::shared_ptr<const Platform> Registry::OwnerOf(const Certificate& certificate) const {
  if (auto owner = FindIn(by_spki_, certificate.spki_sha256); owner != nullptr) return owner;
  for (const std::string& name : certificate.alt_names) {
    if (auto owner = FindIn(by_issued_name_, std::pair(certificate.issuer, name)); owner != nullptr) return owner;
  }
  return nullptr;
}

const RequestKey* Registry::FindRequestKey(const std::string& id) const {
  const auto found = request_keys_.find(id);
  return found == request_keys_.end() ? nullptr : &found->second;
}

bool Registry::IsWithdrawn(const Evidence& evidence) const {
  const auto subject = revoked_subjects_.find(evidence.subject);
  if (subject != revoked_subjects_.end() && evidence.issued_at < subject->second) return true;
  if (!evidence.platform.empty() &&
      (!platforms_.contains(evidence.platform) || revoked_platforms_.contains(evidence.platform))) {
    return true;
  }
  return revoked_token_ids_.contains(evidence.token_id) || revoked_certificates_.contains(evidence.certificate) ||
         absl::c_any_of(evidence.key_ids, [&](const std::string& id) { return revoked_key_ids_.contains(id); });
}

}  // namespace jiebang::gateway
