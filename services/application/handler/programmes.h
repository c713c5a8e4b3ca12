// Programmes as their files say them.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_PROGRAMMES_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_PROGRAMMES_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/application_service.pb.h"

namespace jiebang::application {

class ProgrammeFiles {
 public:
  explicit ProgrammeFiles(const programme::Programmes& programmes) : programmes_(programmes) {}

  Task<absl::StatusOr<v1::GetProgrammeResponse>> Get(const rpc::Call& call, const v1::GetProgrammeRequest& request);
  Task<absl::StatusOr<v1::ListProgrammesResponse>> List(const rpc::Call& call,
                                                        const v1::ListProgrammesRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  const programme::Programmes& programmes_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_PROGRAMMES_H_
