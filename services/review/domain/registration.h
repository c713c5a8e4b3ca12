// What a new expert must be.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_REGISTRATION_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_REGISTRATION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/review/v1/expert.pb.h"

namespace jiebang::review {

struct Registration {
  v1::Expert expert;
  // USCCs that fail their check and were accepted all the same, for the record.
  std::vector<std::string> usccs_by_exception;
};

// The expert as it will stand. A USCC with a typing error would make a conflict void without anybody seeing it, so each
// is checked; some codes in use fail their check character, and only the ministry may vouch for those
// (`may_make_exceptions`). INVALID_ARGUMENT: the name, the unit's name, USCC_MALFORMED.
absl::StatusOr<Registration> RegisterExpert(const v1::Expert& asked, bool may_make_exceptions, absl::Time now);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_REGISTRATION_H_
