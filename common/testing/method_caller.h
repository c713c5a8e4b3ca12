// Calls a service's methods as its server does, through every check and with the memory of answers, without a network.
#ifndef JIEBANG_COMMON_TESTING_METHOD_CALLER_H_
#define JIEBANG_COMMON_TESTING_METHOD_CALLER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/rpc/pipeline.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "jiebang/identity/v1/principal.pb.h"

namespace jiebang {

// What came out of a bidirectional call: its answers in their order, and how it ended.
template <class Response>
struct Exchanged {
  absl::Status status;
  std::vector<Response> responses;
};

class MethodCaller {
 public:
  // What is given by reference outlives it.
  MethodCaller(rpc::ServiceMethods methods, const Clock& clock, const token::PrincipalSeal& seal)
      : methods_(std::move(methods)), clock_(clock), seal_(seal) {}

  // `caller` without roles: without credentials.
  template <class Response>
  absl::StatusOr<Response> Ask(const std::string& method, const identity::v1::Principal& caller,
                               const google::protobuf::Message& request) {
    return executor_.RunUntilDone(AskTask<Response>(method, caller, request));
  }

  // The same within a task that is under way.
  template <class Response>
  Task<absl::StatusOr<Response>> AskTask(std::string method, identity::v1::Principal caller,
                                         const google::protobuf::Message& request) {
    const auto pipeline = PipelineOf(method);
    if (!pipeline.ok()) co_return pipeline.status();
    const rpc::Received received = ReceivedFrom(std::move(caller));
    Response response;
    const absl::Status status = co_await pipeline->RunUnary(received, request, response);
    if (!status.ok()) co_return status;
    co_return response;
  }

  absl::Status Stream(const std::string& method, const identity::v1::Principal& caller,
                      const google::protobuf::Message& request, rpc::MessageWriter& writer) {
    return executor_.RunUntilDone(StreamTask(method, caller, request, writer));
  }

  // Sends `requests` to a bidirectional method, one after another.
  template <class Response, class Request>
  Exchanged<Response> Exchange(const std::string& method, const identity::v1::Principal& caller,
                               const std::vector<Request>& requests) {
    Listed<Request> reader(requests);
    Kept<Response> writer;
    absl::Status status = executor_.RunUntilDone(ExchangeTask(method, caller, reader, writer));
    return {.status = std::move(status), .responses = std::move(writer.responses)};
  }

  ThreadExecutor& executor() { return executor_; }
  const rpc::ServiceMethods& methods() const { return methods_; }

 private:
  template <class Request>
  struct Listed final : rpc::MessageReader {
    explicit Listed(const std::vector<Request>& requests) : requests(requests) {}
    Task<absl::StatusOr<const google::protobuf::Message*>> Read() override {
      if (next == requests.size()) co_return nullptr;
      request = requests[next++];  // one object for all, as a server has it
      co_return &request;
    }
    const std::vector<Request>& requests;
    std::size_t next = 0;
    Request request;
  };

  template <class Response>
  struct Kept final : rpc::MessageWriter {
    Task<bool> Write(const google::protobuf::Message& message) override {
      responses.push_back(static_cast<const Response&>(message));
      co_return true;
    }
    bool ended() const override { return false; }
    std::vector<Response> responses;
  };

  absl::StatusOr<rpc::Pipeline> PipelineOf(const std::string& method) const {
    const auto* const descriptor = google::protobuf::DescriptorPool::generated_pool()
                                       ->FindServiceByName(methods_.full_name())
                                       ->FindMethodByName(method);
    return rpc::Pipeline::For(*descriptor, methods_.methods().at(method), methods_.replays(), methods_.refusals(),
                              clock_, seal_);
  }

  rpc::Received ReceivedFrom(identity::v1::Principal caller) const {
    rpc::Received received;
    if (caller.roles().empty()) return received;
    if (caller.expire_seconds() == 0) {
      caller.set_expire_seconds(absl::ToUnixSeconds(absl::Now() + absl::Minutes(10)));
    }
    received.sealed_principal = seal_.Seal(caller);
    return received;
  }

  Task<absl::Status> StreamTask(std::string method, identity::v1::Principal caller,
                                const google::protobuf::Message& request, rpc::MessageWriter& writer) {
    const auto pipeline = PipelineOf(method);
    if (!pipeline.ok()) co_return pipeline.status();
    const rpc::Received received = ReceivedFrom(std::move(caller));
    co_return co_await pipeline->RunStream(received, request, writer);
  }

  Task<absl::Status> ExchangeTask(std::string method, identity::v1::Principal caller, rpc::MessageReader& reader,
                                  rpc::MessageWriter& writer) {
    const auto pipeline = PipelineOf(method);
    if (!pipeline.ok()) co_return pipeline.status();
    const rpc::Received received = ReceivedFrom(std::move(caller));
    co_return co_await pipeline->RunBidirectional(received, reader, writer);
  }

  const rpc::ServiceMethods methods_;
  const Clock& clock_;
  const token::PrincipalSeal& seal_;
  ThreadExecutor executor_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_METHOD_CALLER_H_
