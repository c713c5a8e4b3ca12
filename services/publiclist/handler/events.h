// The journal of this service, as those who may see it watch it.
#ifndef JIEBANG_SERVICES_PUBLICLIST_HANDLER_EVENTS_H_
#define JIEBANG_SERVICES_PUBLICLIST_HANDLER_EVENTS_H_

#include "absl/status/status.h"
#include "common/async/task.h"
#include "common/journal/watch.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"

namespace jiebang::publiclist {

class Events {
 public:
  explicit Events(store::Store& store) : store_(store) {}

  Task<absl::Status> Watch(const rpc::Call& call, const v1::WatchEventsRequest& request,
                           rpc::Writer<v1::WatchEventsResponse> writer) {
    return journal::Watch(store_, call, request.resume_token(), writer);
  }

  void Register(rpc::ServiceMethods& methods) { methods.AddStream("WatchEvents", this, &Events::Watch); }

 private:
  store::Store& store_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_HANDLER_EVENTS_H_
