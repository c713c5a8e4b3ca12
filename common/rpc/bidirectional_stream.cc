#include "common/rpc/bidirectional_stream.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/status_conversion.h"

namespace jiebang::rpc {
namespace {

using google::protobuf::Message;

// A handler that is slow shall not keep its answers from a caller that could use them.
constexpr absl::Duration kLongestHold = absl::Milliseconds(1);

}  // namespace

BidirectionalStream::BidirectionalStream(const Message& request, const grpc::ServerContext& context, Stream& stream,
                                         Loop& loop)
    : request_(request.New()), context_(context), stream_(stream), loop_(loop) {
  loop_.WatchStop(stop_);
}

BidirectionalStream::~BidirectionalStream() { loop_.UnwatchStop(stop_); }

Task<absl::StatusOr<const Message*>> BidirectionalStream::Read() {
  // A request that is not there yet may take its time.
  if (held_ && !requests_.has_more()) co_await SendHeld(false);
  if (!broken_.ok()) co_return broken_;
  std::optional<grpc::ByteBuffer> bytes;
  if (!loop_.stopping()) bytes = co_await requests_.Next();
  if (bytes) {
    bytes_ = WholeBytes(*bytes);
    if (!bytes_.Decode(*request_)) co_return broken_ = Undecodable();
    co_return request_.get();
  }
  if (ended() && !(requests_.ended() && !context_.IsCancelled())) co_return broken_ = WhyEnded();
  co_return nullptr;
}

Task<bool> BidirectionalStream::Write(const Message& message) {
  if (broken_.ok() && ended()) broken_ = WhyEnded();
  if (broken_.ok() && held_) co_await SendHeld(true);
  if (!broken_.ok()) co_return false;
  held_ = Encode(message);
  if (MayHold()) co_return true;
  co_return co_await SendHeld(false);
}

Task<void> BidirectionalStream::Finish(absl::Status status) {
  const grpc::Status outcome = ToGrpc(status.ok() ? broken_ : status);
  if (held_) {
    stream_.WriteAndFinish(*held_, grpc::WriteOptions(), outcome, &moved_);
  } else {
    stream_.Finish(outcome, &moved_);
  }
  co_await moved_;
  co_await requests_.Close();
}

absl::Status BidirectionalStream::WhyEnded() const {
  if (context_.IsCancelled()) return absl::CancelledError("the caller is gone");
  return absl::UnavailableError("the service was stopped during the call");
}

bool BidirectionalStream::MayHold() {
  // gRPC never sends a first message that may wait (grpc/grpc#34231).
  if (!has_sent_ || !requests_.has_more()) return false;
  const absl::Time now = absl::Now();
  if (waiting_since_ == absl::InfiniteFuture()) waiting_since_ = now;
  return now - waiting_since_ < kLongestHold;
}

Task<bool> BidirectionalStream::SendHeld(bool another_follows) {
  grpc::WriteOptions options;
  if (another_follows) {
    options.set_buffer_hint();
  } else {
    waiting_since_ = absl::InfiniteFuture();
  }
  has_sent_ = true;
  stream_.Write(*std::exchange(held_, std::nullopt), options, &moved_);
  const bool taken = co_await moved_;
  if (!taken && broken_.ok()) broken_ = WhyEnded();
  co_return taken;
}

}  // namespace jiebang::rpc
