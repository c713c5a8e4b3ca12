// Watch: streams what happened to those who may see it, from a resume token on, at least once and in order for each
// shard.
#ifndef JIEBANG_COMMON_JOURNAL_WATCH_H_
#define JIEBANG_COMMON_JOURNAL_WATCH_H_

#include <functional>
#include <string>

#include "common/async/task.h"
#include "common/journal/position.h"
#include "common/rpc/call.h"
#include "common/store/store.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {

// Where the entries of a watch go.
struct Sink {
  std::function<Task<bool>(v1::Entry entry)> take;  // false: the reader is gone
  std::function<bool()> ended;
  // What the reader is shown of what he owns; null: all of it.
  std::function<bool(const v1::Event& event)> sees = nullptr;
  // Called after each look at all shards; `at_end`: it found nothing new. May be null.
  std::function<void(const Position& reached, bool at_end)> looked = nullptr;
};

// Ends with OK when the sink has ended; INVALID_ARGUMENT for a malformed token; ReadOn's refusals for one that is good
// no more; the store's error when it cannot be read. Sees what the caller owns (policy::Owns of the event's resource)
// otherwise than as an operator; which records an event changed, auditors alone; from where and with which request
// somebody else made it happen, neither applicants nor units.
// Begins at the beginning of what was not compacted away when there is no token. A reader for whom nothing happens is
// given an entry with a resume token alone now and then, so that his place does not grow old.
Task<absl::Status> StreamEvents(store::Store& store, const rpc::Call& call, std::string resume_token, Sink sink);

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_WATCH_H_
