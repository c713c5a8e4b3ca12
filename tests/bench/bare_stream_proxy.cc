#include "tests/bench/bare_stream_proxy.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "grpcpp/support/async_stream.h"
#include "tests/bench/step.h"

namespace jiebang::bench {
namespace {

// As the gateway: enough to know of the next message while one is passed on.
constexpr std::size_t kAhead = 2;

// Passes messages on in one direction.
class Lane {
 public:
  using Reader = grpc::internal::AsyncReaderInterface<grpc::ByteBuffer>;
  using Writer = grpc::internal::AsyncWriterInterface<grpc::ByteBuffer>;

  // `changed` is called when an operation has come back.
  Lane(Reader& from, Writer& to, std::function<void()> changed) : from_(from), to_(to), changed_(std::move(changed)) {}

  // Begins what can be begun now.
  void Go() {
    if (!is_reading_ && !has_ended_ && messages_.size() < kAhead) {
      is_reading_ = true;
      from_.Read(&arriving_, &arrived_);
    }
    if (!is_writing_ && is_taken_ && !messages_.empty()) {
      is_writing_ = true;
      grpc::WriteOptions options;
      // gRPC never sends a first message that may wait (grpc/grpc#34231).
      if (has_sent_ && messages_.size() > 1) options.set_buffer_hint();
      has_sent_ = true;
      to_.Write(messages_.front(), options, &written_);
    }
  }

  // There are no more, and all were passed on or nobody takes them.
  bool done() const { return has_ended_ && !is_writing_ && (messages_.empty() || !is_taken_); }
  bool idle() const { return !is_reading_ && !is_writing_; }
  bool is_taken() const { return is_taken_; }

 private:
  void Arrived(bool ok) {
    is_reading_ = false;
    if (ok) {
      // What nobody takes is read all the same, until it ends.
      if (is_taken_) messages_.push_back(std::move(arriving_));
      arriving_.Clear();
    } else {
      has_ended_ = true;
    }
    Go();
    changed_();
  }

  void Written(bool ok) {
    is_writing_ = false;
    is_taken_ = ok;
    messages_.pop_front();
    if (!is_taken_) messages_.clear();
    Go();
    changed_();
  }

  Reader& from_;
  Writer& to_;
  const std::function<void()> changed_;
  grpc::ByteBuffer arriving_;
  std::deque<grpc::ByteBuffer> messages_;
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool has_sent_ = false;
  bool has_ended_ = false;
  bool is_taken_ = true;
  Step<Lane> arrived_{*this, &Lane::Arrived};
  Step<Lane> written_{*this, &Lane::Written};
};

class Stream {
 public:
  Stream(grpc::AsyncGenericService& service, grpc::GenericStub& stub, grpc::ServerCompletionQueue& queue)
      : service_(service), stub_(stub), queue_(queue) {
    service_.RequestCall(&incoming_, &caller_, &queue_, &queue_, &accepted_);
  }

 private:
  void Accepted(bool ok) {
    if (!ok) {
      delete this;  // the server shuts down
      return;
    }
    new Stream(service_, stub_, queue_);
    outgoing_ = grpc::ClientContext::FromServerContext(incoming_);
    backend_ = stub_.PrepareCall(outgoing_.get(), incoming_.method(), &queue_);
    backend_->StartCall(&started_);
  }

  void Started(bool /*ok*/) {
    requests_ = std::make_unique<Lane>(caller_, *backend_, [this] { Go(); });
    answers_ = std::make_unique<Lane>(*backend_, caller_, [this] { Go(); });
    requests_->Go();
    answers_->Go();
  }

  // What ends a stream: the caller has sent all, the backend has answered all, its status has come and was passed on.
  void Go() {
    if (!answers_->is_taken()) outgoing_->TryCancel();
    if (end_ == End::kOpen && requests_->done() && requests_->is_taken()) {
      end_ = End::kRequestsDone;
      backend_->WritesDone(&half_closed_);
      is_half_closing_ = true;
    }
    if (end_ < End::kBackend && answers_->done() && !is_half_closing_) {
      end_ = End::kBackend;
      backend_->Finish(&status_, &backend_finished_);
    }
    if (end_ == End::kFinished && requests_->idle() && answers_->idle()) delete this;
  }

  void HalfClosed(bool /*ok*/) {
    is_half_closing_ = false;
    Go();
  }
  void BackendFinished(bool /*ok*/) {
    end_ = End::kCaller;
    caller_.Finish(status_, &finished_);
  }
  void Finished(bool /*ok*/) {
    end_ = End::kFinished;
    Go();
  }

  enum class End { kOpen, kRequestsDone, kBackend, kCaller, kFinished };

  grpc::AsyncGenericService& service_;
  grpc::GenericStub& stub_;
  grpc::ServerCompletionQueue& queue_;
  grpc::GenericServerContext incoming_;
  grpc::GenericServerAsyncReaderWriter caller_{&incoming_};
  std::unique_ptr<grpc::ClientContext> outgoing_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> backend_;
  std::unique_ptr<Lane> requests_;
  std::unique_ptr<Lane> answers_;
  End end_ = End::kOpen;
  bool is_half_closing_ = false;
  grpc::Status status_;
  Step<Stream> accepted_{*this, &Stream::Accepted};
  Step<Stream> started_{*this, &Stream::Started};
  Step<Stream> half_closed_{*this, &Stream::HalfClosed};
  Step<Stream> backend_finished_{*this, &Stream::BackendFinished};
  Step<Stream> finished_{*this, &Stream::Finished};
};

}  // namespace

void ForwardStreams(grpc::AsyncGenericService& service, grpc::GenericStub& stub, grpc::ServerCompletionQueue& queue,
                    int slots) {
  for (int i = 0; i < slots; ++i) new Stream(service, stub, queue);
}

}  // namespace jiebang::bench
