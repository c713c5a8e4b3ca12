#include "services/review/handler/events.h"

#include "common/journal/watch.h"

namespace jiebang::review {

Task<absl::Status> Events::Watch(const rpc::Call& call, const v1::WatchEventsRequest& request,
                                 rpc::Writer<v1::WatchEventsResponse> writer) {
  co_return co_await journal::Watch(store_, call, request.resume_token(), writer);
}

void Events::Register(rpc::ServiceMethods& methods) { methods.AddStream("WatchEvents", this, &Events::Watch); }

}  // namespace jiebang::review
