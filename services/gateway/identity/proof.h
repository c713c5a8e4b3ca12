// The ways in which a caller proves who it is. Pure: what was used once, and what is remembered, is the
// Authenticator's.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_PROOF_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_PROOF_H_

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/identity/v1/principal.pb.h"
#include "services/gateway/identity/credentials.h"
#include "services/gateway/identity/registry.h"
#include "services/gateway/identity/trust.h"

namespace jiebang::gateway {

// Who somebody is, by what, and until when.
struct Proof {
  identity::v1::Principal principal;
  Evidence evidence;
  std::shared_ptr<const Platform> platform;  // null: it is none
  absl::Time until;
};

// All: UNAUTHENTICATED with the reason; CREDENTIAL_REVOKED also for what is right otherwise.

// `authorization`: "Bearer <token>". A token that this gateway gave out says who the platform is, and the registry
// what.
absl::StatusOr<Proof> ProveByToken(const Trust& trust, std::string_view authorization, absl::Time now);

// `pem`: a certificate whose chain and whose owner's key were checked in TLS. CERTIFICATE_UNREADABLE,
// CERTIFICATE_EXPIRED, CERTIFICATE_UNKNOWN.
absl::StatusOr<Proof> ProveByCertificate(const Trust& trust, std::string_view pem, absl::Time now);

// How far a signed request's time may be from the gateway's.
inline constexpr absl::Duration kSignatureWindow = absl::Seconds(300);

// All but the nonce, which the caller of this must see to. SIGNATURE_MALFORMED, SIGNATURE_OUT_OF_TIME, SIGNATURE_WRONG
// (also for a key that nobody has), CONTENT_DIGEST_WRONG.
absl::StatusOr<Proof> ProveBySignature(const Trust& trust, const SignedRequest& request, std::string_view on_behalf_of,
                                       absl::Time now);

// Makes the principal of a platform that of the enterprise `on_behalf_of` ("applicants/{uscc}"): its role, its code,
// and beside it the platform's name. `platform` null: the caller is none. INVALID_ARGUMENT ON_BEHALF_OF_MALFORMED;
// PERMISSION_DENIED ON_BEHALF_OF_NOT_ALLOWED, NOT_IN_REGION.
absl::Status ActFor(std::string_view on_behalf_of, const Platform* platform, identity::v1::Principal& principal);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_PROOF_H_
