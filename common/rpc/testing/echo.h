// A service with streams of requests and a caller of it, for the tests of servers and gateways.
#ifndef JIEBANG_COMMON_RPC_TESTING_ECHO_H_
#define JIEBANG_COMMON_RPC_TESTING_ECHO_H_

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/errors/error.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/service_methods.h"
#include "common/rpc/status_conversion.h"
#include "common/rpc/testing/echo.pb.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/rpc_method.h"
#include "grpcpp/support/sync_stream.h"

namespace jiebang::rpc {

inline constexpr char kEchoService[] = "jiebang.echo.v1.EchoService";

// Answers each request with its text, and does something else where the text says so: "skip" gets no answer, "fail"
// ends the stream with a refusal, "pause" is answered a little later, "wait" when the server stops.
class Echo {
 public:
  Task<absl::Status> Run(const Call& /*call*/, Reader<echo::v1::EchoRequest> requests,
                         Writer<echo::v1::EchoResponse> answers) {
    ++begun_;
    const absl::Status status = co_await AnswerAll(requests, answers);
    ++ended_;
    co_return status;
  }

  // Joins the texts. Here "fail" and "wait" do as above, "enough" answers before the rest has come, and "stall" reads
  // no further until Resume.
  Task<absl::StatusOr<echo::v1::CollectResponse>> Collect(const Call& /*call*/,
                                                          Reader<echo::v1::EchoRequest> requests) {
    ++begun_;
    absl::StatusOr<echo::v1::CollectResponse> response = co_await CollectAll(requests);
    ++ended_;
    co_return response;
  }

  void Resume() { stalled_ = false; }

  ServiceMethods Methods() {
    ServiceMethods methods(kEchoService);
    methods.AddBidirectional("Echo", this, &Echo::Run);
    methods.AddClientStream("Collect", this, &Echo::Collect);
    return methods;
  }

  int begun() const { return begun_; }        // streams
  int ended() const { return ended_; }        // of them
  int received() const { return received_; }  // requests
  int answered() const { return answered_; }  // of them

 private:
  Task<absl::Status> AnswerAll(Reader<echo::v1::EchoRequest>& requests, Writer<echo::v1::EchoResponse>& answers) {
    echo::v1::EchoResponse response;
    while (true) {
      CO_ASSIGN_OR_RETURN(const auto request, co_await requests.Read());
      if (!request) co_return absl::OkStatus();
      const std::string& text = request->message.text();
      if (text == "skip") continue;
      if (text == "fail") co_return Refused();
      ++received_;
      if (text == "wait") co_await Sleep(absl::Minutes(1));
      if (text == "pause") co_await Sleep(absl::Milliseconds(20));
      response.set_text(text);
      response.set_refusal(std::string(request->valid.message()));
      const bool taken = co_await answers.Write(response);
      if (!taken) co_return absl::OkStatus();
      ++answered_;
    }
  }

  Task<absl::StatusOr<echo::v1::CollectResponse>> CollectAll(Reader<echo::v1::EchoRequest>& requests) {
    echo::v1::CollectResponse response;
    while (true) {
      CO_ASSIGN_OR_RETURN(const auto request, co_await requests.Read());
      if (!request) co_return response;
      CO_RETURN_IF_ERROR(request->valid);
      const std::string& text = request->message.text();
      ++received_;
      if (text == "fail") co_return Refused();
      if (text == "enough") co_return response;
      if (text == "wait") co_await Sleep(absl::Minutes(1));
      while (text == "stall" && stalled_) co_await Sleep(absl::Milliseconds(5));
      response.mutable_text()->append(text.size() > 100 ? "." : text);
    }
  }

  static absl::Status Refused() {
    return Refusal{.code = absl::StatusCode::kFailedPrecondition, .reason = "ECHO_REFUSED", .en = "no", .zh = "否"}
        .ToStatus();
  }

  std::atomic<int> begun_ = 0;
  std::atomic<int> ended_ = 0;
  std::atomic<int> received_ = 0;
  std::atomic<int> answered_ = 0;
  std::atomic<bool> stalled_ = true;
};

// One call of Echo, or of Collect, that blocks its thread. One thread may send while another one receives.
class EchoCall {
 public:
  EchoCall(std::shared_ptr<grpc::Channel> channel, const std::map<std::string, std::string>& metadata,
           const std::string& method = "Echo")
      : channel_(std::move(channel)), path_("/jiebang.echo.v1.EchoService/" + method) {
    context_.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
    for (const auto& [name, value] : metadata) context_.AddMetadata(name, value);
    stream_.reset(Factory::Create(channel_.get(), method_, &context_));
  }

  // False: the call has ended.
  bool Send(const std::string& text) {
    echo::v1::EchoRequest request;
    request.set_text(text);
    return stream_->Write(Encode(request));
  }
  // Sends beside the calling thread, because what is not received yet may hold up what is sent; until the call ends.
  std::jthread SendAll(std::vector<std::string> texts) {
    return std::jthread([this, texts = std::move(texts)] {
      for (const std::string& text : texts) {
        if (!Send(text)) return;
      }
    });
  }
  bool SendBytes(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    return stream_->Write(grpc::ByteBuffer(&slice, 1));
  }
  void SendNoMore() { stream_->WritesDone(); }
  void Cancel() { context_.TryCancel(); }

  // nullopt: there are no more answers.
  std::optional<echo::v1::EchoResponse> Receive() {
    grpc::ByteBuffer bytes;
    if (!stream_->Read(&bytes)) return std::nullopt;
    std::optional<echo::v1::EchoResponse> response(std::in_place);
    if (!Decode(bytes, *response)) return std::nullopt;
    return response;
  }
  // The text of the next answer; what no answer has when there is none.
  std::string ReceiveText() {
    const auto response = Receive();
    return response ? response->text() : "<no answer>";
  }

  // How the call ended; answers that are still coming are dropped.
  absl::Status End() {
    while (Receive()) {
    }
    return FromGrpc(stream_->Finish());
  }

 private:
  using Factory = grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>;

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string path_;
  const grpc::internal::RpcMethod method_{path_.c_str(), grpc::internal::RpcMethod::BIDI_STREAMING};
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> stream_;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_TESTING_ECHO_H_
