#include "common/journal/listing.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/time/clock.h"
#include "common/errors/error.h"
#include "common/journal/position.h"
#include "common/journal/reading.h"
#include "common/journal/watch.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {
namespace {

constexpr int kUsualPage = 100;
// Well below what a message may have.
constexpr std::size_t kPageBytes = 2 << 20;
// How long one call looks through what the caller may not see.
constexpr absl::Duration kLongestWalk = absl::Seconds(1);
// What is left of the caller's deadline for the answer to arrive.
constexpr absl::Duration kKeptForAnswer = absl::Milliseconds(200);

absl::Status TokenSenseless() {
  return MalformedField("resume_token", "leave it empty with from_now", "使用 from_now 时须留空",
                        "RESUME_TOKEN_SENSELESS");
}

}  // namespace

Task<absl::StatusOr<EventPage>> ListEvents(store::Store& store, const rpc::Call& call, EventQuery query) {
  EventPage page;
  if (query.from_now) {
    if (!query.resume_token.empty()) co_return TokenSenseless();
    CO_ASSIGN_OR_RETURN(const Position end, co_await EndOf(store));
    page.resume_token = end.Token();
    co_return page;
  }
  page.resume_token = query.resume_token;
  Executor& home = co_await Home();
  const std::size_t most = static_cast<std::size_t>(query.page_size == 0 ? kUsualPage : query.page_size);
  const absl::Time last_moment = call.deadline() - kKeptForAnswer;
  const absl::Time begun = absl::Now();
  const absl::Time wait_until = std::min(begun + query.wait, last_moment);
  const absl::Time walk_until = std::min(std::max(begun + kLongestWalk, wait_until), last_moment);
  std::size_t bytes = 0;
  bool done = false;
  // A local: g++ 12 miscompiles braced temporaries within co_await.
  Sink sink;
  sink.sees = std::move(query.sees);
  sink.take = [&](v1::Entry entry) -> Task<bool> {
    // A bookmark tells where the reader stands, and `looked` has told that already.
    if (!entry.has_event()) co_return true;
    bytes += entry.event().ByteSizeLong();
    page.resume_token = entry.resume_token();
    page.entries.push_back(std::move(entry));
    co_return page.entries.size() < most&& bytes < kPageBytes;
  };
  sink.looked = [&](const Position& reached, bool at_end) {
    page.resume_token = reached.Token();
    const absl::Time now = absl::Now();
    done = at_end ? !page.entries.empty() || now >= wait_until : now >= walk_until;
  };
  sink.ended = [&] { return done || home.stopping(); };
  CO_RETURN_IF_ERROR(co_await StreamEvents(store, call, std::move(query.resume_token), std::move(sink)));
  co_return page;
}

}  // namespace jiebang::journal
