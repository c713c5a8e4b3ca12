#include "common/journal/refusals.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/errors/error.h"
#include "common/field_limits/text.h"
#include "common/rpc/call.h"
#include "common/rpc/on_behalf.h"

namespace jiebang::journal {
namespace {

absl::Status EventNoRefusal(std::size_t index, const std::string& type) {
  return MalformedField(absl::StrCat("refusals[", index, "].type"),
                        absl::StrCat("\"", type, "\" is no refusal; want ", kCallRefused, " or ", kCallsRefused),
                        absl::StrCat("“", type, "”不是拒绝事件，只接受 ", kCallRefused, " 或 ", kCallsRefused),
                        "EVENT_NO_REFUSAL");
}

constexpr std::size_t kMaxShownBytes = 256;

bool IsPrintable(const std::string& text) {
  // Of a line's end Examine thinks better than somebody who reads a trail line by line.
  if (text.find_first_of("\t\n\r") != std::string::npos) return false;
  const field_limits::Text found = field_limits::Examine(text);
  return found.is_utf8 && !found.has_control_character;
}

// Between characters: half a character is no UTF-8, and none is longer than four bytes.
std::string Shortened(std::string text) {
  if (text.size() <= kMaxShownBytes) return text;
  std::size_t end = kMaxShownBytes;
  while (end > kMaxShownBytes - 3 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

// Shortened first: a request may be of megabytes.
std::string Shown(std::string text) {
  text = Shortened(std::move(text));
  return IsPrintable(text) ? text : Shortened(absl::CEscape(text));
}

}  // namespace

v1::Event EventOf(const rpc::RefusedCall& call) {
  v1::Event event;
  event.set_type(kCallRefused);
  event.set_resource(Shown(call.resource));
  *event.mutable_time() = ToTimestamp(call.time);
  event.set_actor(Shown(call.principal.subject()));
  event.set_on_behalf_of(Shown(rpc::OnBehalfOf(call.principal)));
  event.set_request_id(Shown(call.request_id));
  event.set_trace_id(rpc::TraceIdOf(call.trace_parent));
  event.set_method(call.method);
  event.set_source_address(call.principal.source_address().empty() ? call.source_address
                                                                   : call.principal.source_address());
  event.set_result(static_cast<int>(call.status.code()));
  event.set_reason(ReasonOf(call.status));
  return event;
}

store::Commit CommitOf(const std::vector<v1::Event>& refusals, unsigned turn) {
  store::Commit commit{.partition = absl::StrCat("refusals/", turn % kRefusalPartitions)};
  commit.events.reserve(refusals.size());
  for (const v1::Event& refusal : refusals) {
    commit.events.push_back(
        {.type = refusal.type(), .resource = refusal.resource(), .payload = refusal.SerializeAsString()});
  }
  return commit;
}

Task<absl::Status> KeepRefusals(store::Store& store, std::vector<v1::Event> refusals, unsigned turn) {
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    if (!TellsOfRefusal(refusals[i])) co_return EventNoRefusal(i, refusals[i].type());
  }
  if (refusals.empty()) co_return absl::OkStatus();
  store::Commit commit = CommitOf(refusals, turn);
  co_return co_await store.Apply(std::move(commit));
}

}  // namespace jiebang::journal
