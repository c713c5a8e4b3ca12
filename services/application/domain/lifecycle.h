// The life of an application: draft, submitted, returned or withdrawn, submitted again; and the hold of a
// recommendation list on it. Each function gives the application as it will be, or refuses.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_LIFECYCLE_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_LIFECYCLE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/programme/programme.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/application_name.h"

namespace jiebang::application {

// FAILED_PRECONDITION DEADLINE_PASSED at and after the last moment for filing in the track; NOT_FOUND TRACK_NOT_FOUND
// where the programme takes no applications in it.
absl::Status CheckFilingIsOpen(const programme::Programme& programme, const std::string& track, absl::Time now);

// A new draft with what `asked` says. INVALID_ARGUMENT APPLICATION_TOO_LARGE.
absl::StatusOr<v1::Application> Draft(const ApplicationName& name, v1::Application asked, v1::Applicant applicant,
                                      absl::Time now);

// With the fields of `asked` that the mask names. FAILED_PRECONDITION APPLICATION_NOT_EDITABLE, APPLICATION_HELD;
// INVALID_ARGUMENT FIELD_MASK_MALFORMED, TRACK_IMMUTABLE, APPLICATION_TOO_LARGE.
absl::StatusOr<v1::Application> Edit(v1::Application application, const v1::Application& asked,
                                     const google::protobuf::FieldMask& mask, absl::Time now);

// May it be filed at all, apart from the rules? FAILED_PRECONDITION APPLICATION_NOT_EDITABLE, APPLICATION_HELD.
absl::Status CheckCanBeFiled(const v1::Application& application);

// The frozen revision, and the application that it is made of. To be called for what CheckCanBeFiled accepts and breaks
// no rule.
struct Filing {
  v1::Application application;
  v1::Revision revision;
};
Filing File(v1::Application application, const v1::Applicant& applicant, absl::Time now);
v1::SubmitReceipt ReceiptOf(const Filing& filing);

// FAILED_PRECONDITION APPLICATION_HELD, APPLICATION_NOT_SUBMITTED.
absl::StatusOr<v1::Application> Withdraw(v1::Application application, absl::Time now);
absl::StatusOr<v1::Application> Return(v1::Application application, std::string reason, absl::Time now);

// A step of a recommendation list on an application. What arrives after a step with a larger number was sent before it
// and must not undo it.
struct HoldStep {
  std::string holder;
  std::int64_t number = 0;
};

// A list holds one revision. FAILED_PRECONDITION HOLD_STEP_SUPERSEDED, APPLICATION_NOT_SUBMITTED, REVISION_CHANGED,
// APPLICATION_HELD (by another list); HasHeld: this very step did it before.
bool HasHeld(const v1::Application& application, int revision, const HoldStep& step);
absl::StatusOr<v1::Application> Hold(v1::Application application, int revision, const HoldStep& step, absl::Time now);

// The list holds nothing any more, whether it did or not. FAILED_PRECONDITION HOLD_STEP_SUPERSEDED, APPLICATION_HELD
// (by another list); HasReleased: this very step did it before.
bool HasReleased(const v1::Application& application, const HoldStep& step);
absl::StatusOr<v1::Application> Release(v1::Application application, const HoldStep& step, absl::Time now);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_LIFECYCLE_H_
