#include "common/rpc/read_ahead.h"

#include <cstddef>
#include <utility>

namespace jiebang::rpc {
namespace {

// The fewest with which a taker knows of the next message while it handles one. More measure no better.
constexpr std::size_t kAhead = 2;

}  // namespace

Task<std::optional<grpc::ByteBuffer>> ReadAhead::Next() {
  Fetch();
  while (arrived_.empty() && !stream_ended_ && !interrupted_) co_await Changed();
  if (arrived_.empty() || interrupted_) co_return std::nullopt;
  std::optional<grpc::ByteBuffer> next = std::move(arrived_.front());
  arrived_.pop_front();
  Fetch();
  co_return next;
}

void ReadAhead::Interrupt() {
  interrupted_ = true;
  Wake();
}

Task<void> ReadAhead::Close() {
  interrupted_ = true;
  while (under_way_) co_await Changed();
}

void ReadAhead::Fire(bool ok) {
  under_way_ = false;
  if (ok) {
    arrived_.push_back(std::move(arriving_));
    arriving_.Clear();
    Fetch();
  } else {
    stream_ended_ = true;
  }
  Wake();
}

void ReadAhead::Fetch() {
  if (under_way_ || stream_ended_ || interrupted_ || arrived_.size() >= kAhead) return;
  under_way_ = true;
  stream_.Read(&arriving_, static_cast<Event*>(this));
}

// The last thing that anybody does here: the one that is woken may end the stream and this with it.
void ReadAhead::Wake() {
  if (waiting_) std::exchange(waiting_, {}).resume();
}

}  // namespace jiebang::rpc
