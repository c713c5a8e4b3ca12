// Where refused calls are told to those who audit (GB/T 22239-2019, 8.1.4.3), and which of them.
#ifndef JIEBANG_COMMON_RPC_REFUSAL_LOG_H_
#define JIEBANG_COMMON_RPC_REFUSAL_LOG_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "jiebang/identity/v1/principal.pb.h"

namespace jiebang::rpc {

struct RefusedCall {
  identity::v1::Principal principal;  // nobody's: there were no credentials, or none that could be believed
  std::string source_address;         // where the principal does not say it
  std::string method;                 // full name
  std::string resource;               // as the request named it, unchecked; empty: not known
  std::string request_id;             // unchecked, too
  std::string trace_parent;
  absl::Time time;
  absl::Status status;
};

// True for what is a decision about the caller: of any method that it may not call it or not on this resource; and of
// one with side effects that a rule is against it. A rule gives a reason (ErrorInfo), a fault none. What is only to be
// tried again (CONCURRENT_CHANGE, UNAVAILABLE, DEADLINE_EXCEEDED and the like) decides nothing.
bool IsRecorded(const absl::Status& status, bool has_side_effects);

class RefusalLog {
 public:
  virtual ~RefusalLog() = default;

  // Takes a call that IsRecorded. Thread-safe, and over at once.
  virtual void Add(const RefusedCall& call) = 0;

  // Keeps what was added. The server awaits it after its last call.
  virtual Task<void> Drain() = 0;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_REFUSAL_LOG_H_
