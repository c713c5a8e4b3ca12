// The WatchEvents and ListEvents methods of a service: its journal, for those who may see it.
#ifndef JIEBANG_COMMON_JOURNAL_EVENTS_H_
#define JIEBANG_COMMON_JOURNAL_EVENTS_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/journal/listing.h"
#include "common/journal/refusals.h"
#include "common/journal/watch.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {

// `Messages` names the requests and answers of one service's contract, as the contracts call them.
template <class Messages>
class Events {
 public:
  using ListRequest = typename Messages::ListEventsRequest;
  using ListResponse = typename Messages::ListEventsResponse;

  // Whether the caller sees the event, beside owning its resource. Refusals, only auditors and the ministry see anyway.
  using Sees = std::function<bool(const rpc::Call& call, const v1::Event& event)>;

  explicit Events(store::Store& store, Sees sees = nullptr) : store_(store), sees_(std::move(sees)) {}

  void Register(rpc::ServiceMethods& methods) {
    methods.AddStream("WatchEvents", this, &Events::Watch);
    methods.Add("ListEvents", this, &Events::List);
  }

  Task<absl::StatusOr<ListResponse>> List(const rpc::Call& call, const ListRequest& request) {
    EventQuery query;
    query.resume_token = request.resume_token();
    query.page_size = request.page_size();
    query.wait = absl::Seconds(request.wait_seconds());
    query.from_now = request.from_now();
    query.sees = [this, &call](const v1::Event& event) { return IsSeen(call, event); };
    CO_ASSIGN_OR_RETURN(EventPage page, co_await ListEvents(store_, call, std::move(query)));
    ListResponse response;
    for (v1::Entry& entry : page.entries) *response.add_entries() = std::move(entry);
    response.set_resume_token(std::move(page.resume_token));
    co_return response;
  }

 private:
  using Request = typename Messages::WatchEventsRequest;
  using Response = typename Messages::WatchEventsResponse;

  Task<absl::Status> Watch(const rpc::Call& call, const Request& request, rpc::Writer<Response> writer) {
    // A local: g++ 12 miscompiles braced temporaries within co_await.
    Sink sink;
    sink.sees = [this, &call](const v1::Event& event) { return IsSeen(call, event); };
    sink.take = [&writer](v1::Entry entry) -> Task<bool> {
      Response response;
      *response.mutable_entry() = std::move(entry);
      co_return co_await writer.Write(response);
    };
    sink.ended = [&writer] { return writer.ended(); };
    co_return co_await StreamEvents(store_, call, request.resume_token(), std::move(sink));
  }

  bool IsSeen(const rpc::Call& call, const v1::Event& event) const {
    if (!TellsOfRefusal(event)) return !sees_ || sees_(call, event);
    return call.HasRole(options::v1::ROLE_AUDITOR) || call.HasRole(options::v1::ROLE_MINISTRY);
  }

  store::Store& store_;
  const Sees sees_;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_EVENTS_H_
