// The service of parrot.proto.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_TESTING_PARROT_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_TESTING_PARROT_H_

#include <atomic>
#include <string>

#include "common/errors/error.h"
#include "common/rpc/service_methods.h"
#include "services/gateway/http/testing/parrot.pb.h"

namespace jiebang::gateway {

inline constexpr char kParrotService[] = "jiebang.parrot.v1.ParrotService";

// "fail" is refused, "wait" is answered half a second later.
class Parrot {
 public:
  using Request = parrot::v1::SayRequest;
  using Response = parrot::v1::SayResponse;

  Task<absl::StatusOr<Response>> Say(const rpc::Call&, const Request& request) {
    ++begun_;
    if (request.text() == "fail") co_return Refused();
    if (request.text() == "wait") co_await Sleep(absl::Milliseconds(500));
    Response response;
    response.set_text(request.text());
    response.set_request_id(request.request_id());
    co_return response;
  }

  Task<absl::Status> Repeat(const rpc::Call&, const Request& request, rpc::Writer<Response> writer) {
    if (request.text() == "fail") co_return Refused();
    ++streams_;
    Response response;
    response.set_text(request.text());
    while (true) {
      const bool taken = co_await writer.Write(response);
      if (!taken) break;
      ++said_;
      if (request.text().size() < 100) co_await Sleep(absl::Milliseconds(10));
      if (request.text() == "once") break;
    }
    --streams_;
    co_return absl::OkStatus();
  }

  Task<absl::Status> Chat(const rpc::Call&, rpc::Reader<Request> requests, rpc::Writer<Response> answers) {
    ++streams_;
    const absl::Status status = co_await AnswerAll(requests, answers);
    --streams_;
    co_return status;
  }

  rpc::ServiceMethods Methods() {
    rpc::ServiceMethods methods(kParrotService);
    methods.Add("Say", this, &Parrot::Say);
    methods.Add("Whisper", this, &Parrot::Say);
    methods.AddStream("Repeat", this, &Parrot::Repeat);
    methods.AddBidirectional("Chat", this, &Parrot::Chat);
    return methods;
  }

  int begun() const { return begun_; }
  int streams() const { return streams_; }  // that run
  int said() const { return said_; }

 private:
  Task<absl::Status> AnswerAll(rpc::Reader<Request>& requests, rpc::Writer<Response>& answers) {
    Response response;
    while (true) {
      CO_ASSIGN_OR_RETURN(const auto request, co_await requests.Read());
      if (!request) co_return absl::OkStatus();
      response.set_text(request->message.text());
      const bool taken = co_await answers.Write(response);
      if (!taken) co_return absl::OkStatus();
    }
  }

  static absl::Status Refused() {
    return Refusal{.code = absl::StatusCode::kNotFound, .reason = "PARROT_SILENT", .en = "no words", .zh = "无言"}
        .ToStatus();
  }

  std::atomic<int> begun_ = 0;
  std::atomic<int> streams_ = 0;
  std::atomic<int> said_ = 0;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_TESTING_PARROT_H_
