// A call with streams both ways, as its handler sees it.
#ifndef JIEBANG_COMMON_RPC_BIDIRECTIONAL_STREAM_H_
#define JIEBANG_COMMON_RPC_BIDIRECTIONAL_STREAM_H_

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/loop.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/read_ahead.h"
#include "common/rpc/service_methods.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/async_stream.h"
#include "grpcpp/support/byte_buffer.h"

namespace jiebang::rpc {

// Lives in the frame of its call, on the call's loop. Answers that follow each other at once go out together: measured,
// twice as many a second.
class BidirectionalStream final : public MessageReader, public MessageWriter {
 public:
  using Stream = grpc::ServerAsyncReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>;

  // The call was accepted. All outlive it.
  BidirectionalStream(const google::protobuf::Message& request, const grpc::ServerContext& context, Stream& stream,
                      Loop& loop);
  // Finish has come back.
  ~BidirectionalStream() override;

  Task<absl::StatusOr<const google::protobuf::Message*>> Read() override;
  std::optional<std::string_view> bytes() const override { return bytes_.view(); }
  Task<bool> Write(const google::protobuf::Message& message) override;
  bool ended() const override { return context_.IsCancelled() || loop_.stopping(); }

  // Ends the call as its handler did, or for the reason that kept the handler from going on.
  Task<void> Finish(absl::Status status);

 private:
  struct Stop final : Event {
    explicit Stop(ReadAhead& requests) : requests(requests) {}
    void Fire(bool /*ok*/) override { requests.Interrupt(); }
    ReadAhead& requests;
  };

  absl::Status WhyEnded() const;
  // Whether the next answer may wait for the one after it.
  bool MayHold();
  Task<bool> SendHeld(bool another_follows);

  const std::unique_ptr<google::protobuf::Message> request_;
  WholeBytes bytes_;  // that request_ was decoded from
  const grpc::ServerContext& context_;
  Stream& stream_;
  Loop& loop_;
  ReadAhead requests_{stream_};
  Stop stop_{requests_};
  absl::Status broken_;  // not OK: the stream was over before the handler was
  bool has_sent_ = false;
  std::optional<grpc::ByteBuffer> held_;
  absl::Time waiting_since_ = absl::InfiniteFuture();  // of the oldest answer that may not have gone out
  Operation moved_;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_BIDIRECTIONAL_STREAM_H_
