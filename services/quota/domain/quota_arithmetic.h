// How many applications one unit may recommend in one track, by the programme's rules.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_QUOTA_ARITHMETIC_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_QUOTA_ARITHMETIC_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/programme/programme.h"
#include "jiebang/quota/v1/recommendation_list.pb.h"
#include "jiebang/quota/v1/unit.pb.h"

namespace jiebang::quota {

// The unit's quota in the track, with its limit, clause and reasons; `used` is left to who knows the list. For a track
// that extends another it is that one's quota, under the name asked for. NOT_FOUND TRACK_NOT_FOUND, NO_QUOTA.
absl::StatusOr<v1::Quota> QuotaFor(const programme::Programme& programme, const v1::Unit& unit,
                                   const std::string& track);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_QUOTA_ARITHMETIC_H_
