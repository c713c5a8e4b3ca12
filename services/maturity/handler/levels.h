// Whether an applicant holds a level, for the services whose programmes ask for one.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_LEVELS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_LEVELS_H_

#include <optional>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/repository/assessment_repository.h"

namespace jiebang::maturity {

class Levels {
 public:
  Levels(const AssessmentRepository& repository, const Catalogue& catalogue)
      : repository_(repository), catalogue_(catalogue) {}

  Task<absl::StatusOr<v1::CheckMaturityResponse>> Check(const rpc::Call& call, const v1::CheckMaturityRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The assessment with the best level among those that the request lets count.
  Task<absl::StatusOr<std::optional<v1::Assessment>>> Best(const rpc::Call& call,
                                                           const v1::CheckMaturityRequest& request) const;
  Task<absl::StatusOr<std::optional<v1::Assessment>>> Named(const rpc::Call& call,
                                                            const v1::CheckMaturityRequest& request) const;

  const AssessmentRepository& repository_;
  const Catalogue& catalogue_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_LEVELS_H_
