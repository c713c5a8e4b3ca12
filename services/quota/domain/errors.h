// Every refusal of this service: one function for each, which fills the stable reason, the details and both languages.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_ERRORS_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_ERRORS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "jiebang/quota/v1/recommendation_list.pb.h"

namespace jiebang::quota {

// Programmes and their tracks.
absl::Status ProgrammeNotFound(const std::string& programme);
absl::Status TrackNotFound(const std::string& programme, const std::string& track);
absl::Status TrackWithoutList(const std::string& track, const std::string& list_track, const std::string& list);

// Units.
absl::Status UnitNotFound(const std::string& unit);
absl::Status UnitExists(const std::string& unit);
absl::Status UnitNameMalformed();
absl::Status ParentNotFound(const std::string& parent);
absl::Status ParentIsUnitItself(const std::string& unit);
absl::Status AttributeMalformed(const std::string& attribute);
absl::Status DisplayNameMissing();
absl::Status NoUnitForPlace(const std::string& region_code, const std::string& clause);
absl::Status NoUnitForGroup(const std::string& group, const std::string& clause);

// Quotas. The quota's name is the subject and its clause stands in the description.
absl::Status NoQuota(const std::string& unit_display_name, const std::string& category, const std::string& track);
absl::Status QuotaExhausted(const v1::Quota& quota, const std::string& unit_display_name);
absl::Status QuotaExceeded(const v1::Quota& quota, const std::string& unit_display_name);

// Lists.
absl::Status DeadlinePassed(absl::Time last_moment, const std::string& clause);
absl::Status ListLocked(const std::string& list, int revision);
absl::Status ListNotLocked(const std::string& list);
absl::Status ListUnsettled(const std::string& list, const std::string& application);
absl::Status ListEmpty(const std::string& list);
absl::Status AlreadyRecommended(const std::string& application);
absl::Status NotRecommended(const std::string& application);
absl::Status OrderIncomplete(const std::string& en, const std::string& zh, const std::string& application);

// Applications that this list cannot take.
absl::Status ApplicationNotSubmitted(const std::string& application);
absl::Status WrongProgramme(const std::string& application, const std::string& programme);
absl::Status WrongUnit(const std::string& application, const std::string& unit);
absl::Status WrongTrack(const std::string& application, const std::string& track, const std::string& list_track);

// Changes.
absl::Status EtagMismatch(const std::string& resource, std::uint64_t present_version);
absl::Status ConcurrentChange(const std::string& resource);
// The step at `application` is begun and its outcome not known yet.
absl::Status StepUnsettled(const std::string& list, const std::string& application);
// A repetition of a request that was answered before; the caller gets that answer.
absl::Status AnsweredBefore();

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_ERRORS_H_
