#include "services/application/handler/events.h"

#include <string>
#include <utility>

#include "common/journal/watch.h"
#include "common/resource_name/resource_name.h"
#include "services/application/handler/visibility.h"

namespace jiebang::application {
namespace {

// What happens to a draft, its applicant sees and those who audit; nobody else knows of it before it is filed.
bool SeesEvent(const rpc::Call& call, const journal::v1::Event& event) {
  const auto state = event.details().find("state");
  if (state == event.details().end()) return true;
  if (state->second != v1::Application::State_Name(v1::Application::STATE_DRAFT)) return true;
  const auto uscc = IdIn(event.resource(), "applicants");
  return call.HasRole(options::v1::ROLE_AUDITOR) || (uscc.has_value() && IsApplicant(call, std::string(*uscc)));
}

}  // namespace

Task<absl::Status> Events::Watch(const rpc::Call& call, const v1::WatchEventsRequest& request,
                                 rpc::Writer<v1::WatchEventsResponse> writer) {
  journal::Sink sink;
  sink.take = [&call, &writer](journal::v1::Entry entry) -> Task<bool> {
    if (!SeesEvent(call, entry.event())) co_return true;
    v1::WatchEventsResponse response;
    *response.mutable_entry() = std::move(entry);
    co_return co_await writer.Write(response);
  };
  sink.ended = [&writer] { return writer.ended(); };
  co_return co_await journal::StreamEvents(store_, call, request.resume_token(), std::move(sink));
}

void Events::Register(rpc::ServiceMethods& methods) { methods.AddStream("WatchEvents", this, &Events::Watch); }

}  // namespace jiebang::application
