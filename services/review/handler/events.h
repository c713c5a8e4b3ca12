// The stream of what happened.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_EVENTS_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_EVENTS_H_

#include "absl/status/status.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/review/v1/review_service.pb.h"

namespace jiebang::review {

class Events {
 public:
  explicit Events(store::Store& store) : store_(store) {}

  Task<absl::Status> Watch(const rpc::Call& call, const v1::WatchEventsRequest& request,
                           rpc::Writer<v1::WatchEventsResponse> writer);

  void Register(rpc::ServiceMethods& methods);

 private:
  store::Store& store_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_EVENTS_H_
