// One call as a handler sees it: who calls, when, and what the call leaves behind in the journal and in the memory of
// answers.
#ifndef JIEBANG_COMMON_RPC_CALL_H_
#define JIEBANG_COMMON_RPC_CALL_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/store/store.h"
#include "jiebang/identity/v1/principal.pb.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace jiebang::rpc {

class Call {
 public:
  struct Facts {
    identity::v1::Principal principal;  // no roles: without credentials
    absl::Time now;                     // by the service's clock
    absl::Time deadline;                // by the system's clock; InfiniteFuture when the caller set none
    std::string method;                 // full name, e.g. jiebang.quota.v1.QuotaService.GetQuota
    std::string request_id;             // empty: none given
    std::string request_fingerprint;    // SHA-256 of the request; empty without a request_id
    std::string trace_parent;           // W3C traceparent as received; empty: none
  };

  explicit Call(Facts facts) : facts_(std::move(facts)) {}

  const identity::v1::Principal& principal() const { return facts_.principal; }
  bool HasRole(options::v1::Role role) const;

  // One reading of the clock for the whole call: what it decides, it decides at this moment.
  absl::Time now() const { return facts_.now; }
  absl::Time deadline() const { return facts_.deadline; }
  const std::string& method() const { return facts_.method; }
  const std::string& request_id() const { return facts_.request_id; }
  const std::string& trace_parent() const { return facts_.trace_parent; }

  // The event "`type` happened to `resource`" by this caller, now; goes into the commit that makes it true.
  store::Event Happened(std::string type, std::string resource,
                        const std::map<std::string, std::string>& details = {}) const;

  // The memory of this call's answer; goes into the commit that it answers. nullopt without a request_id.
  std::optional<store::Replay> Answered(const google::protobuf::Message& response) const;

  // Who asked what with which request_id; empty without one.
  std::string ReplayKey() const;
  const std::string& request_fingerprint() const { return facts_.request_fingerprint; }

 private:
  Facts facts_;
};

// The trace id in a W3C traceparent; empty when there is none.
std::string TraceIdOf(const std::string& trace_parent);

// The event of something that the service does by itself, e.g. when it settles a step after a crash.
store::Event HappenedByService(std::string service, absl::Time now, std::string type, std::string resource,
                               const std::map<std::string, std::string>& details = {});

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_CALL_H_
