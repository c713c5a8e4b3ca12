// The messages of a gRPC stream as bytes, fetched a little ahead of whoever takes them. Reading ahead tells the writer
// of the answers that another one follows at once, so that both go out together.
#ifndef JIEBANG_COMMON_RPC_READ_AHEAD_H_
#define JIEBANG_COMMON_RPC_READ_AHEAD_H_

#include <coroutine>
#include <deque>
#include <optional>

#include "common/async/task.h"
#include "common/rpc/loop.h"
#include "grpcpp/support/async_stream.h"
#include "grpcpp/support/byte_buffer.h"

namespace jiebang::rpc {

// For one coroutine at a time, on the loop of the stream.
class ReadAhead final : private Event {
 public:
  using Stream = grpc::internal::AsyncReaderInterface<grpc::ByteBuffer>;

  // Fetches nothing before the first Next. `stream` outlives it.
  explicit ReadAhead(Stream& stream) : stream_(stream) {}

  // The next message; nullopt: there are no more, or Interrupt was called.
  Task<std::optional<grpc::ByteBuffer>> Next();

  // True: Next would not wait for a message.
  bool has_more() const { return !arrived_.empty(); }

  // True: the last message was taken, and the stream has no more.
  bool ended() const { return stream_ended_ && arrived_.empty(); }

  // From now on Next gives nothing, and whoever waits in it comes back.
  void Interrupt();

  // Comes back when gRPC holds no read any more. After the call was finished, which ends the read that is under way.
  // To be awaited before the end of this.
  Task<void> Close();

 private:
  // Suspends until something has happened.
  struct Change {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept { of.waiting_ = handle; }
    void await_resume() const noexcept {}
    ReadAhead& of;
  };

  void Fire(bool ok) override;
  void Fetch();
  void Wake();
  Change Changed() { return {*this}; }

  Stream& stream_;
  grpc::ByteBuffer arriving_;
  bool under_way_ = false;  // a read of gRPC's into arriving_
  std::deque<grpc::ByteBuffer> arrived_;
  bool stream_ended_ = false;
  bool interrupted_ = false;
  std::coroutine_handle<> waiting_;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_READ_AHEAD_H_
