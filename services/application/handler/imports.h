// Applications that come in bulk from elsewhere, each a step of its own.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_IMPORTS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_IMPORTS_H_

#include <optional>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/policy/policy.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "services/application/domain/application_name.h"
#include "services/application/handler/examination.h"
#include "services/application/handler/peers.h"
#include "services/application/repository/applicant_repository.h"
#include "services/application/repository/application_repository.h"

namespace jiebang::application {

class Imports {
 public:
  using Item = v1::ImportApplicationsRequest;
  using Outcome = v1::ImportApplicationsResponse;

  // What is given by reference outlives it.
  struct Dependencies {
    ApplicationRepository& applications;
    ApplicantRepository& applicants;
    const Examination& examination;
    UnitPeer& units;
    const programme::Programmes& programmes;
    const Clock& clock;
    rpc::ReplayMemory replays;
  };
  explicit Imports(Dependencies dependencies);

  Task<absl::Status> Import(const rpc::Call& stream, rpc::Reader<Item> items, rpc::Writer<Outcome> outcomes);

  void Register(rpc::ServiceMethods& methods);

 private:
  // An application as it will be kept, and the applicant who is to be registered before that, if any.
  struct Prepared {
    ApplicationName name;
    std::optional<v1::Applicant> newcomer;
    ApplicationStep step;
    Outcome outcome;
  };

  Task<absl::StatusOr<Outcome>> ImportOne(const rpc::Call& stream, const rpc::Incoming<Item>& incoming);

  // Everything of an item but its commit. OK with violations in the outcome where rules refuse it. The references
  // outlive the task.
  Task<absl::StatusOr<Prepared>> Prepare(const rpc::Call& call, const Item& item, ApplicationName name);

  // The applicant of an item, registered or not yet.
  Task<absl::StatusOr<v1::Applicant>> ApplicantOf(const rpc::Call& call, const Item& item, ApplicantName name);

  // PERMISSION_DENIED NOT_OF_THIS_UNIT for an enterprise of another unit.
  Task<absl::Status> CheckRoute(const rpc::Call& call, const ApplicationParent& parent, const std::string& track,
                                const v1::Applicant& applicant);

  Task<absl::Status> Keep(const rpc::Call& call, Prepared prepared);

  Dependencies dependencies_;
  policy::MethodPolicy item_policy_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_IMPORTS_H_
