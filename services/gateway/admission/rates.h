// How fast each kind of caller may call: data, so that a province with a larger platform changes a flag.
#ifndef JIEBANG_SERVICES_GATEWAY_ADMISSION_RATES_H_
#define JIEBANG_SERVICES_GATEWAY_ADMISSION_RATES_H_

#include <array>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "jiebang/identity/v1/principal.pb.h"
#include "services/gateway/admission/token_buckets.h"

namespace jiebang::gateway {

// "20:200": calls a second and the burst. INVALID_ARGUMENT naming what is wrong with the text.
absl::StatusOr<Rate> ParseRate(std::string_view text);

// Each caller has the rate three times: for reads, for changes and for decisions, so that who reads too much can still
// file.
class Rates {
 public:
  // What docs/limits.md says.
  Rates();

  // "ministry=2000:4000": the role's calls a second and the burst. INVALID_ARGUMENT naming what is wrong with the text.
  absl::Status Set(std::string_view text);

  // The highest rate of the principal's roles. Without roles: that of the public, which a source address has. A
  // platform that acts for enterprises has the rate of a unit, because it is one.
  const Rate& Of(const identity::v1::Principal& principal) const;

 private:
  std::array<Rate, options::v1::Role_ARRAYSIZE> of_role_;
};

// What a caller without credentials is counted by: its address, of an IPv6 address the network (/64), of which whoever
// has one address has them all.
std::string NetworkOf(const std::string& address);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_ADMISSION_RATES_H_
