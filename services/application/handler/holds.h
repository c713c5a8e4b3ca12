// Holds: a recommendation list keeps the revision that it recommends from being changed.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_HOLDS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_HOLDS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "services/application/repository/application_repository.h"

namespace jiebang::application {

class Holds {
 public:
  explicit Holds(ApplicationRepository& repository) : repository_(repository) {}

  Task<absl::StatusOr<v1::HoldApplicationResponse>> Hold(const rpc::Call& call,
                                                         const v1::HoldApplicationRequest& request);
  Task<absl::StatusOr<v1::ReleaseApplicationResponse>> Release(const rpc::Call& call,
                                                               const v1::ReleaseApplicationRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  ApplicationRepository& repository_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_HOLDS_H_
