// Listing: what WatchEvents streams, page by page, for those who cannot hold a stream.
#ifndef JIEBANG_COMMON_JOURNAL_LISTING_H_
#define JIEBANG_COMMON_JOURNAL_LISTING_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/store/store.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {

struct EventQuery {
  std::string resume_token;
  int page_size = 0;                                           // 0: 100
  absl::Duration wait;                                         // for a first event
  bool from_now = false;                                       // no events, only the place where the journal ends
  std::function<bool(const v1::Event& event)> sees = nullptr;  // as Sink::sees
};

struct EventPage {
  std::vector<v1::Entry> entries;
  std::string resume_token;  // behind everything that was looked at, shown or not
};

// Errors as StreamEvents; INVALID_ARGUMENT RESUME_TOKEN_SENSELESS for a token beside from_now. A journal of which the
// caller sees little is walked for a second at most: the page may be empty and the journal go on.
Task<absl::StatusOr<EventPage>> ListEvents(store::Store& store, const rpc::Call& call, EventQuery query);

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_LISTING_H_
