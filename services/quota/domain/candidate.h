// Whether an application belongs into a list.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_CANDIDATE_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_CANDIDATE_H_

#include "absl/status/status.h"
#include "common/programme/programme.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/quota/domain/application_name.h"
#include "services/quota/domain/list_name.h"

namespace jiebang::quota {

// By its name alone, before anything of it is read. FAILED_PRECONDITION: WRONG_PROGRAMME, WRONG_UNIT.
absl::Status CheckFiledThrough(const ListName& list, const ApplicationName& application);

// The application's track must be the list's or extend it. FAILED_PRECONDITION WRONG_TRACK.
absl::Status CheckFiledFor(const ListName& list, const application::v1::Application& application,
                           const programme::Programme& programme);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_CANDIDATE_H_
