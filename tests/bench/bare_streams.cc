#include "tests/bench/bare_streams.h"

#include "grpcpp/support/async_stream.h"
#include "tests/bench/step.h"

namespace jiebang::bench {
namespace {

// A caller that does not take its answers is not read from for ever.
constexpr int kMostOwed = 64;

}  // namespace

// Reads while it writes; answers that follow each other at once go out together, as those of the suite do.
class BareStreams::Stream {
 public:
  Stream(BareStreams& streams, grpc::ServerCompletionQueue& queue) : streams_(streams), queue_(queue) {
    streams_.RequestAsyncBidiStreaming(0, &context_, &stream_, &queue_, &queue_, &accepted_);
  }

 private:
  void Accepted(bool ok) {
    if (!ok) {
      delete this;  // the server shuts down
      return;
    }
    new Stream(streams_, queue_);
    Go();
  }

  void Arrived(bool ok) {
    is_reading_ = false;
    if (ok) {
      ++owed_;
    } else {
      has_ended_ = true;
    }
    Go();
  }

  void Written(bool ok) {
    is_writing_ = false;
    --owed_;
    if (!ok) {  // the caller is gone
      has_ended_ = true;
      owed_ = 0;
    }
    Go();
  }

  void Finished(bool /*ok*/) { delete this; }

  void Go() {
    if (!is_reading_ && !has_ended_ && owed_ < kMostOwed) {
      is_reading_ = true;
      stream_.Read(&message_, &arrived_);
    }
    if (!is_writing_ && owed_ > 0) {
      is_writing_ = true;
      grpc::WriteOptions options;
      // gRPC never sends a first message that may wait (grpc/grpc#34231).
      if (has_sent_ && owed_ > 1) options.set_buffer_hint();
      has_sent_ = true;
      stream_.Write(grpc::ByteBuffer(&streams_.answer_, 1), options, &written_);
    }
    if (has_ended_ && !is_reading_ && !is_writing_) stream_.Finish(grpc::Status::OK, &finished_);
  }

  BareStreams& streams_;
  grpc::ServerCompletionQueue& queue_;
  grpc::ServerContext context_;
  grpc::ServerAsyncReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer> stream_{&context_};
  grpc::ByteBuffer message_;
  int owed_ = 0;  // answers
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool has_sent_ = false;
  bool has_ended_ = false;
  Step<Stream> accepted_{*this, &Stream::Accepted};
  Step<Stream> arrived_{*this, &Stream::Arrived};
  Step<Stream> written_{*this, &Stream::Written};
  Step<Stream> finished_{*this, &Stream::Finished};
};

BareStreams::BareStreams(const std::string& answer) : answer_(answer) {
  AddMethod(new grpc::internal::RpcServiceMethod("/jiebang.bench.Bare/Stream",
                                                 grpc::internal::RpcMethod::BIDI_STREAMING, nullptr));
  MarkMethodAsync(0);
}

void BareStreams::AcceptOn(grpc::ServerCompletionQueue& queue, int slots) {
  for (int i = 0; i < slots; ++i) new Stream(*this, queue);
}

}  // namespace jiebang::bench
