// Applications as they are written and read.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_APPLICATIONS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_APPLICATIONS_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "services/application/repository/applicant_repository.h"
#include "services/application/repository/application_listing.h"
#include "services/application/repository/application_repository.h"

namespace jiebang::application {

class Applications {
 public:
  Applications(ApplicationRepository& repository, ApplicantRepository& applicants, const ApplicationListing& listing,
               const programme::Programmes& programmes, const PageTokens& page_tokens)
      : repository_(repository),
        applicants_(applicants),
        listing_(listing),
        programmes_(programmes),
        page_tokens_(page_tokens) {}

  Task<absl::StatusOr<v1::CreateApplicationResponse>> Create(const rpc::Call& call,
                                                             const v1::CreateApplicationRequest& request);
  Task<absl::StatusOr<v1::GetApplicationResponse>> Get(const rpc::Call& call, const v1::GetApplicationRequest& request);
  Task<absl::StatusOr<v1::BatchGetApplicationsResponse>> BatchGet(const rpc::Call& call,
                                                                  const v1::BatchGetApplicationsRequest& request);
  Task<absl::StatusOr<v1::ListApplicationsResponse>> List(const rpc::Call& call,
                                                          const v1::ListApplicationsRequest& request);
  Task<absl::StatusOr<v1::UpdateApplicationResponse>> Update(const rpc::Call& call,
                                                             const v1::UpdateApplicationRequest& request);
  Task<absl::StatusOr<v1::GetRevisionResponse>> GetRevision(const rpc::Call& call,
                                                            const v1::GetRevisionRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // One for each name; nullopt where the caller sees none. `call` outlives the task.
  Task<absl::StatusOr<std::vector<std::optional<v1::Application>>>> Visible(const rpc::Call& call,
                                                                            std::vector<ApplicationName> names) const;

  ApplicationRepository& repository_;
  ApplicantRepository& applicants_;
  const ApplicationListing& listing_;
  const programme::Programmes& programmes_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_APPLICATIONS_H_
