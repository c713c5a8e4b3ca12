// The stream of what happened to units and lists.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_EVENTS_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_EVENTS_H_

#include "common/async/task.h"
#include "common/journal/watch.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/quota_service.pb.h"

namespace jiebang::quota {

class Events {
 public:
  explicit Events(store::Store& store) : store_(store) {}

  void Register(rpc::ServiceMethods& methods) { methods.AddStream("WatchEvents", this, &Events::Watch); }

  Task<absl::Status> Watch(const rpc::Call& call, const v1::WatchEventsRequest& request,
                           rpc::Writer<v1::WatchEventsResponse> writer) {
    return journal::Watch(store_, call, request.resume_token(), writer);
  }

 private:
  store::Store& store_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_EVENTS_H_
