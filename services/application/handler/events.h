// What happened to applicants and applications, for those who may see it.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_EVENTS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_EVENTS_H_

#include "absl/status/status.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/application_service.pb.h"

namespace jiebang::application {

class Events {
 public:
  explicit Events(store::Store& store) : store_(store) {}

  Task<absl::Status> Watch(const rpc::Call& call, const v1::WatchEventsRequest& request,
                           rpc::Writer<v1::WatchEventsResponse> writer);

  void Register(rpc::ServiceMethods& methods);

 private:
  store::Store& store_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_EVENTS_H_
