// Why the publiclist service refuses: one function a refusal, in both languages.
#ifndef JIEBANG_SERVICES_PUBLICLIST_DOMAIN_ERRORS_H_
#define JIEBANG_SERVICES_PUBLICLIST_DOMAIN_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/errors/error.h"

namespace jiebang::publiclist::errors {

// NOT_FOUND.
absl::Status ListNotFound(const std::string& name);
absl::Status RoundNotFound(const std::string& name);
absl::Status ProgrammeNotFound(const std::string& id);
absl::Status TrackNotFound(const std::string& programme, const std::string& track);

// ALREADY_EXISTS.
absl::Status ListExists(const std::string& name);

// FAILED_PRECONDITION.
absl::Status RoundNotDecided(const std::string& name);
absl::Status UnitNotFound(const std::string& unit);
absl::Status ListNotDraft(const std::string& name);
absl::Status ListNotImported(const std::string& name);
absl::Status ListNotBuilt(const std::string& name);
absl::Status ListEmpty(const std::string& name);
absl::Status NoPublicityPeriod(const std::string& programme, const std::string& track);
absl::Status ListNotInPublicity(const std::string& name);
absl::Status PublicityNotOver(const std::string& name, absl::Time end, absl::Time now);

// ABORTED.
absl::Status ConcurrentChange(const std::string& name);

// UNAVAILABLE: another service cannot be read; `status` is what it answered.
absl::Status DecisionsUnreadable(const std::string& round, const absl::Status& status);
absl::Status UnitUnreadable(const std::string& unit, const absl::Status& status);
// Its answer is not whole: so many of so many.
absl::Status DecisionsIncomplete(const std::string& round, int received, int expected);

// INVALID_ARGUMENT: what the first call of an import lacks, all together.
absl::Status ImportIncomplete(std::vector<FieldViolation> violations);
FieldViolation FieldMissing(const std::string& field);
FieldViolation AnnouncementAhead(const std::string& field);
FieldViolation ProgrammeMalformed(const std::string& field);

}  // namespace jiebang::publiclist::errors

#endif  // JIEBANG_SERVICES_PUBLICLIST_DOMAIN_ERRORS_H_
