// Why a caller is not believed, or may not act for whom it names.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_IDENTITY_ERRORS_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_IDENTITY_ERRORS_H_

#include <string>

#include "absl/status/status.h"

namespace jiebang::gateway {

// --- UNAUTHENTICATED
absl::Status NoBearer();
absl::Status CredentialsAmbiguous();
absl::Status CredentialRevoked();
absl::Status PlatformUnknown(const std::string& platform);
absl::Status CertificateUnreadable();
absl::Status CertificateUnknown();
absl::Status CertificateNotValidNow();
absl::Status SignatureMalformed(const std::string& header);
absl::Status SignatureOutOfTime();
absl::Status SignatureWrong();
absl::Status ContentDigestWrong();
absl::Status NonceUsed();
absl::Status SignedRequestsNotHere();

// --- INVALID_ARGUMENT
absl::Status OnBehalfOfMalformed();

// --- PERMISSION_DENIED
absl::Status OnBehalfOfNotAllowed();
absl::Status NotInRegion(const std::string& platform, const std::string& uscc);

// --- UNAVAILABLE, with a time to try again
absl::Status NonceMemoryAway();

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_IDENTITY_ERRORS_H_
