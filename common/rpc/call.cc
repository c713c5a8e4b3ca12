#include "common/rpc/call.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/on_behalf.h"
#include "google/protobuf/message.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::rpc {
namespace {

journal::v1::Event NewEvent(absl::Time now, const std::string& type, const std::string& resource,
                            const std::map<std::string, std::string>& details) {
  journal::v1::Event event;
  event.set_type(type);
  event.set_resource(resource);
  event.mutable_time()->set_seconds(absl::ToUnixSeconds(now));
  event.mutable_time()->set_nanos(
      static_cast<int>((now - absl::FromUnixSeconds(absl::ToUnixSeconds(now))) / absl::Nanoseconds(1)));
  for (const auto& [key, value] : details) (*event.mutable_details())[key] = value;
  return event;
}

store::Event Stored(std::string type, std::string resource, const journal::v1::Event& event) {
  return {.type = std::move(type), .resource = std::move(resource), .payload = event.SerializeAsString()};
}

}  // namespace

// "00-<trace id>-<span id>-<flags>" (W3C Trace Context).
std::string TraceIdOf(const std::string& trace_parent) {
  if (trace_parent.size() != 55) return "";
  std::string id = trace_parent.substr(3, 32);
  return absl::c_all_of(id, absl::ascii_isxdigit) ? id : "";
}

bool Call::HasRole(options::v1::Role role) const {
  for (const int held : facts_.principal.roles()) {
    if (held == role) return true;
  }
  return false;
}

store::Event Call::Happened(std::string type, std::string resource,
                            const std::map<std::string, std::string>& details) const {
  journal::v1::Event event = NewEvent(facts_.now, type, resource, details);
  event.set_actor(facts_.principal.subject());
  event.set_on_behalf_of(OnBehalfOf(facts_.principal));
  event.set_request_id(facts_.request_id);
  event.set_trace_id(TraceIdOf(facts_.trace_parent));
  event.set_method(facts_.method);
  event.set_source_address(facts_.principal.source_address());
  return Stored(std::move(type), std::move(resource), event);
}

std::optional<store::Replay> Call::Answered(const google::protobuf::Message& response) const {
  if (facts_.request_id.empty()) return std::nullopt;
  return store::Replay{
      .key = ReplayKey(), .fingerprint = facts_.request_fingerprint, .answer = response.SerializeAsString()};
}

std::string Call::ReplayKey() const {
  if (facts_.request_id.empty()) return "";
  // What a platform asks for two enterprises are two questions.
  const std::string caller =
      facts_.principal.acting_platform().empty() ? facts_.principal.subject() : ChainOf(facts_.principal);
  return absl::StrCat(caller, "|", facts_.method, "|", facts_.request_id);
}

store::Event HappenedByService(std::string service, absl::Time now, std::string type, std::string resource,
                               const std::map<std::string, std::string>& details) {
  journal::v1::Event event = NewEvent(now, type, resource, details);
  event.set_actor(std::move(service));
  return Stored(std::move(type), std::move(resource), event);
}

}  // namespace jiebang::rpc
