// Gathers the facts that the rules of an application's track ask for, and no others.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_INQUIRY_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_INQUIRY_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/facts.h"
#include "services/application/handler/peers.h"

namespace jiebang::application {

class Inquiry {
 public:
  explicit Inquiry(Peers peers) : peers_(peers) {}

  // All but what the applicant has on file, which `facts` of the caller brings along with the applicant. The peers'
  // errors. The references outlive the task.
  Task<absl::StatusOr<Facts>> Complete(const rpc::Call& call, const v1::Application& application,
                                       const programme::Programme& programme, Facts facts) const;

 private:
  Peers peers_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_INQUIRY_H_
