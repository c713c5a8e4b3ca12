// Items of a stream of requests, each of which is a step of its own: it is decided at its own time, leaves its own
// events and is remembered by the id that the caller chose for it, so that a stream that was cut is sent again.
#ifndef JIEBANG_COMMON_RPC_ITEM_H_
#define JIEBANG_COMMON_RPC_ITEM_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "google/protobuf/message.h"

namespace jiebang::rpc {

// The item as a call by itself, at `now`: its id does what a request_id does. `principal`: the stream's, or it with for
// whom it acts in this item.
Call CallOfItem(const Call& stream, identity::v1::Principal principal, absl::Time now, std::string item_id,
                const google::protobuf::Message& item);

// True, and in `answer` what the call was answered the first time, where one with its request_id changed something
// before. INVALID_ARGUMENT REQUEST_ID_REUSED: that one was another request. `resource`: what the call is about.
Task<absl::StatusOr<bool>> FirstAnswer(const ReplayMemory& replays, const Call& call, std::string_view resource,
                                       google::protobuf::Message& answer);

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_ITEM_H_
