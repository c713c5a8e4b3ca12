#include <deque>
#include <memory>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/message_bytes.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "tests/bench/load.h"
#include "tests/bench/step.h"

namespace jiebang::bench {
namespace {

// What all streams of a load share.
struct Shared {
  const LoadFlags& flags;
  const Credentials& credentials;
  const std::string& method;
  const Span span{flags};
  std::vector<grpc::Slice> messages;
  grpc::GenericStub stub{rpc::ChannelTo(flags.target)};
  grpc::CompletionQueue queue;
  Measured measured;
  int open = 0;
};

// Writes as long as its window has room and time is left, reads all the while.
class Stream {
 public:
  explicit Stream(Shared& shared) : shared_(shared) {
    ++shared_.open;
    shared_.credentials.AddTo(context_);
    stream_ = shared_.stub.PrepareCall(&context_, shared_.method, &shared_.queue);
    stream_->StartCall(&started_);
  }

 private:
  void Started(bool ok) {
    if (!ok) return End();
    Read();
    Write();
  }

  void Write() {
    if (is_writing_ || is_half_closed_ || has_ended_ || IsFull()) return;
    is_writing_ = true;
    const absl::Time now = absl::Now();
    if (now >= shared_.span.end) {
      is_half_closed_ = true;
      stream_->WritesDone(&written_);
      return;
    }
    const std::size_t number = shared_.measured.begun++;
    const grpc::ByteBuffer bytes(&shared_.messages[number % shared_.messages.size()], 1);
    unanswered_.push_back(now);
    grpc::WriteOptions options;
    // It may wait for the next one, which follows at once. gRPC never sends a first message that may (grpc/grpc#34231).
    if (has_sent_ && !IsFull()) options.set_buffer_hint();
    has_sent_ = true;
    stream_->Write(bytes, options, &written_);
  }

  void Written(bool /*ok*/) {  // a stream that is broken says so to its reader
    is_writing_ = false;
    Write();
    if (has_ended_) End();
  }

  void Read() { stream_->Read(&answer_, &arrived_); }

  void Arrived(bool ok) {
    if (!ok) {
      has_ended_ = true;
      return End();
    }
    shared_.measured.Answered(shared_.span, unanswered_.front(), absl::Now());
    shared_.measured.answer_bytes = answer_.Length();
    unanswered_.pop_front();
    if (!is_checked_) Check();
    Read();
    Write();
  }

  // The first answer stands for all of them: to read every one would measure this program.
  void Check() {
    is_checked_ = true;
    if (shared_.flags.call.starts_with("bare")) return;
    maturity::v1::EvaluateBatchResponse response;
    if (!rpc::Decode(answer_, response) || !response.has_result()) {
      shared_.measured.Failed("an answer without a result: " + response.error().message());
    }
  }

  void End() {
    if (!is_writing_) stream_->Finish(&status_, &finished_);
  }

  void Finished(bool /*ok*/) {
    if (!status_.ok()) {
      shared_.measured.Failed(status_.error_message());
    } else if (!unanswered_.empty()) {
      shared_.measured.Failed("a stream ended before all was answered");
    }
    --shared_.open;
    delete this;
  }

  bool IsFull() const { return unanswered_.size() >= static_cast<std::size_t>(shared_.flags.in_flight); }

  Shared& shared_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  grpc::ByteBuffer answer_;
  grpc::Status status_;
  std::deque<absl::Time> unanswered_;
  bool is_writing_ = false;
  bool has_sent_ = false;
  bool is_half_closed_ = false;
  bool has_ended_ = false;
  bool is_checked_ = false;
  Step<Stream> started_{*this, &Stream::Started};
  Step<Stream> written_{*this, &Stream::Written};
  Step<Stream> arrived_{*this, &Stream::Arrived};
  Step<Stream> finished_{*this, &Stream::Finished};
};

}  // namespace

Measured LoadStreams(const LoadFlags& flags, const Credentials& credentials, const std::string& method,
                     const std::vector<std::string>& messages) {
  Shared shared{.flags = flags, .credentials = credentials, .method = method};
  for (const std::string& message : messages) shared.messages.emplace_back(message);
  for (int i = 0; i < flags.streams; ++i) new Stream(shared);
  while (shared.open > 0) {
    void* tag = nullptr;
    bool ok = false;
    if (!shared.queue.Next(&tag, &ok)) break;
    static_cast<rpc::Event*>(tag)->Fire(ok);
  }
  return std::move(shared.measured);
}

}  // namespace jiebang::bench
