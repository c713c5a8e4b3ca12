// Every refusal of this service, one function each: the stable reason, both languages, what a caller needs to act.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_ERRORS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_ERRORS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "jiebang/application/v1/application.pb.h"
#include "jiebang/programme/v1/schedule.pb.h"

namespace jiebang::application {

// NOT_FOUND.
absl::Status ProgrammeNotFound(const std::string& programme);
absl::Status TrackNotFound(const std::string& programme, const std::string& track);
absl::Status ApplicantNotFound(const std::string& name);
absl::Status ApplicationNotFound(const std::string& name);
absl::Status RevisionNotFound(const std::string& name);
absl::Status OperationNotFound(const std::string& name);

// ALREADY_EXISTS.
absl::Status ApplicantExists(const std::string& name);
absl::Status ApplicationExists(const std::string& name);
absl::Status ExportExists(const std::string& name);

// ABORTED: another change came first; the present etag tells the caller what to read again.
absl::Status EtagMismatch(const std::string& name, const std::string& given, const std::string& present);
absl::Status ConcurrentChange(const std::string& name);

// PERMISSION_DENIED.
absl::Status UsccExceptionNotAllowed();
// `routed`: the unit's id through which the programme routes the applicant; empty: through none.
absl::Status NotOfThisUnit(const std::string& applicant, const std::string& unit, const std::string& routed);

// INVALID_ARGUMENT. `fields`: what is missing, as paths in the applicant.
absl::Status ApplicantIncomplete(const std::vector<std::string>& fields);
absl::Status TrackImmutable(const std::string& present);
absl::Status ApplicationTooLarge(std::size_t bytes, std::size_t most);

// FAILED_PRECONDITION: where the application stands.
absl::Status ApplicationNotEditable(const v1::Application& application);
absl::Status ApplicationNotSubmitted(const v1::Application& application);
absl::Status ApplicationHeld(const v1::Application& application);
absl::Status RevisionChanged(const v1::Application& application, int asked);
absl::Status HoldStepSuperseded(const v1::Application& application, std::int64_t number);

// FAILED_PRECONDITION: `deadline` may be absent where the programme names none. Everything with its clause, the last
// moment and the server's time.
absl::Status DeadlinePassed(const programme::v1::Deadline* deadline, absl::Time last_moment, absl::Time now);

// FAILED_PRECONDITION with each violation as a precondition.
absl::Status RulesViolated(const v1::Application& application, const std::vector<v1::Violation>& violations);

// FAILED_PRECONDITION: what an export wants, or where it stands.
absl::Status TooManyExports(int most);
absl::Status ExportNotReady(const std::string& name);
absl::Status OperationRunning(const std::string& name);

// The ends of an export without a file: RESOURCE_EXHAUSTED, CANCELLED. And OUT_OF_RANGE for a download.
absl::Status ExportTooLarge(std::int64_t most_bytes);
absl::Status ExportCancelled();
absl::Status OffsetBeyondEnd(std::int64_t offset, std::int64_t size_bytes);

// UNAVAILABLE: a service that a rule asks did not answer; nothing was changed.
absl::Status PeerUnavailable(const std::string& service, const absl::Status& cause);
absl::Status HonoursIncomplete(std::int64_t announcements_behind);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_ERRORS_H_
