// Where trust comes from: files that operators change while the gateway runs.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_SOURCE_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/token/bearer_token.h"
#include "services/gateway/identity/trust.h"

namespace jiebang::gateway {

struct TrustFiles {
  // An issuer and the file with its keys.
  struct Issuer {
    std::string issuer;
    std::string jwks_file;
  };

  std::vector<token::TrustedIssuer> fixed_issuers;  // whose keys do not change while the process lives
  std::vector<Issuer> issuers;
  std::string registry;    // empty: nobody is registered
  std::string own_issuer;  // one of the fixed ones, if it is this gateway; empty: none is
  token::TokenLimits limits;
};

// Not thread-safe.
class TrustSource {
 public:
  // One that never changes.
  TrustSource(token::BearerVerifier tokens);  // NOLINT: a verifier is all that a test trusts

  // INVALID_ARGUMENT naming the file and what is wrong with it, or the code of errno for one that cannot be read. Says
  // on standard error which keys are left out.
  static absl::StatusOr<TrustSource> Of(TrustFiles files);

  TrustSource(TrustSource&&) noexcept;
  ~TrustSource();

  const std::shared_ptr<const Trust>& trust() const { return trust_; }

  // Reads the files that have changed. True: trust() is another one now. A file that cannot be used leaves what was
  // read of it before, and is named on standard error once; the others count all the same, so that a spoilt key set
  // does not hold up a revocation. `now`: by the system's clock, as files are dated.
  bool Refresh(absl::Time now);

 private:
  class Part;
  class KeySetPart;
  class RegistryPart;

  TrustSource();
  void Assemble();

  TrustFiles files_;
  std::vector<std::unique_ptr<KeySetPart>> key_sets_;  // as files_.issuers
  std::unique_ptr<RegistryPart> registry_;
  std::shared_ptr<const Trust> trust_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_SOURCE_H_
