// The handlers of one gRPC service, by method. Handlers see messages and a Call; what runs before them is server.h's
// business.
#ifndef JIEBANG_COMMON_RPC_SERVICE_METHODS_H_
#define JIEBANG_COMMON_RPC_SERVICE_METHODS_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/field_limits/field_limits.h"
#include "common/rpc/call.h"
#include "common/rpc/refusal_log.h"
#include "common/status/status_macros.h"
#include "common/store/store.h"
#include "google/protobuf/message.h"

namespace jiebang::rpc {

// The sending side of a stream of answers.
class MessageWriter {
 public:
  virtual ~MessageWriter() = default;

  // Sends one answer and comes back when the transport took it, which is how a slow reader slows its writer down.
  // False: the caller is gone or the server stops; end the stream.
  virtual Task<bool> Write(const google::protobuf::Message& message) = 0;

  // True: as above; for streams that wait for something else than Write.
  virtual bool ended() const = 0;
};

template <class Response>
class Writer {
 public:
  explicit Writer(MessageWriter& writer) : writer_(writer) {}
  Task<bool> Write(const Response& response) { return writer_.Write(response); }
  bool ended() const { return writer_.ended(); }

 private:
  MessageWriter& writer_;
};

// The receiving side of a stream of requests. One Read at a time.
class MessageReader {
 public:
  virtual ~MessageReader() = default;

  // The next request, the same object each time; nullptr: the caller has sent all. An error ends the stream, and every
  // further Read gives it again: INVALID_ARGUMENT (the bytes are no such message), CANCELLED (the caller is gone, which
  // may also look as if it had sent all), UNAVAILABLE (the server stops).
  virtual Task<absl::StatusOr<const google::protobuf::Message*>> Read() = 0;

  // What the last request was decoded from, until the next Read; nullopt: not at hand.
  virtual std::optional<std::string_view> bytes() const { return std::nullopt; }
};

// One request of a caller's stream.
template <class Request>
struct Incoming {
  const Request& message;  // until the next Read
  absl::Status valid;      // what Check says of its field limits: the answer to this request, and the stream goes on
};

template <class Request>
class Reader {
 public:
  Reader(MessageReader& reader, const FieldLimits& limits) : reader_(reader), limits_(limits) {}

  // As MessageReader; nullopt: the caller has sent all.
  Task<absl::StatusOr<std::optional<Incoming<Request>>>> Read() {
    CO_ASSIGN_OR_RETURN(const google::protobuf::Message* const message, co_await reader_.Read());
    std::optional<Incoming<Request>> incoming;
    if (message != nullptr) {
      incoming.emplace(
          Incoming<Request>{static_cast<const Request&>(*message), limits_.Check(*message, reader_.bytes())});
    }
    co_return incoming;
  }

 private:
  MessageReader& reader_;
  const FieldLimits& limits_;
};

// Where the answers of a service's writes are remembered, so that a repeated request_id gets the first answer.
struct ReplayMemory {
  store::Store* store = nullptr;
  // The partition that a write to this resource (the value of the field that the method's policy names) commits to.
  std::function<std::string(std::string_view resource)> partition_of;
};

class ServiceMethods {
 public:
  using Message = google::protobuf::Message;
  using Unary = std::function<Task<absl::Status>(const Call&, const Message& request, Message& response)>;
  using Stream = std::function<Task<absl::Status>(const Call&, const Message& request, MessageWriter& writer)>;
  using Bidirectional =
      std::function<Task<absl::Status>(const Call&, MessageReader&, const FieldLimits&, MessageWriter&)>;

  struct Method {
    const Message* request = nullptr;  // prototypes
    const Message* response = nullptr;
    Unary unary;  // exactly one of the three is set
    Stream stream;
    Bidirectional bidirectional;     // requests are a stream
    bool has_single_answer = false;  // of those
  };

  // `full_name`: e.g. "jiebang.quota.v1.QuotaService". `refusals` is told of refused calls and outlives the server;
  // nullptr: nobody is.
  explicit ServiceMethods(std::string full_name, ReplayMemory replays = {}, RefusalLog* refusals = nullptr)
      : full_name_(std::move(full_name)), replays_(std::move(replays)), refusals_(refusals) {}

  // `handler` outlives the server.
  template <class Handler, class Request, class Response>
  void Add(std::string_view method, Handler* handler,
           Task<absl::StatusOr<Response>> (Handler::*function)(const Call&, const Request&)) {
    methods_[std::string(method)] = {&Request::default_instance(), &Response::default_instance(),
                                     [handler, function](const Call& call, const Message& request, Message& response) {
                                       return RunUnary<Handler, Request, Response>(handler, function, call, request,
                                                                                   response);
                                     }};
  }

  template <class Handler, class Request, class Response>
  void AddStream(std::string_view method, Handler* handler,
                 Task<absl::Status> (Handler::*function)(const Call&, const Request&, Writer<Response>)) {
    methods_[std::string(method)] = {
        &Request::default_instance(), &Response::default_instance(), nullptr,
        [handler, function](const Call& call, const Message& request, MessageWriter& writer) {
          return (handler->*function)(call, static_cast<const Request&>(request), Writer<Response>(writer));
        }};
  }

  // Requests and answers are streams. What a handler may rely on: it is called once the policy has admitted the caller,
  // before the first request has come; call.now() is that moment. A request is at most kMaxMessageBytes long (a longer
  // one ends the stream with RESOURCE_EXHAUSTED) and is fetched only when there is room for it, so a handler that does
  // not read slows its caller down. It may write between two reads as often as it likes; an answer may wait up to a
  // millisecond, and for as long as the handler then works on a request that is there already, to go out with the next
  // one. Where a Read or a Write told it that the stream is over, an OK of its own becomes the reason.
  template <class Handler, class Request, class Response>
  void AddBidirectional(std::string_view method, Handler* handler,
                        Task<absl::Status> (Handler::*function)(const Call&, Reader<Request>, Writer<Response>)) {
    methods_[std::string(method)] = {
        &Request::default_instance(), &Response::default_instance(), nullptr, nullptr,
        [handler, function](const Call& call, MessageReader& reader, const FieldLimits& limits, MessageWriter& writer) {
          return (handler->*function)(call, Reader<Request>(reader, limits), Writer<Response>(writer));
        }};
  }

  // Requests are a stream, with one answer for all. As AddBidirectional; a handler may answer before it has read all.
  template <class Handler, class Request, class Response>
  void AddClientStream(std::string_view method, Handler* handler,
                       Task<absl::StatusOr<Response>> (Handler::*function)(const Call&, Reader<Request>)) {
    methods_[std::string(method)] = {
        &Request::default_instance(),
        &Response::default_instance(),
        nullptr,
        nullptr,
        [handler, function](const Call& call, MessageReader& reader, const FieldLimits& limits, MessageWriter& writer) {
          return RunClientStream<Handler, Request, Response>(handler, function, call, Reader<Request>(reader, limits),
                                                             writer);
        },
        true};
  }

  const std::string& full_name() const { return full_name_; }
  const ReplayMemory& replays() const { return replays_; }
  RefusalLog* refusals() const { return refusals_; }
  const std::map<std::string, Method>& methods() const { return methods_; }

 private:
  template <class Handler, class Request, class Response>
  static Task<absl::Status> RunUnary(Handler* handler,
                                     Task<absl::StatusOr<Response>> (Handler::*function)(const Call&, const Request&),
                                     const Call& call, const Message& request, Message& response) {
    absl::StatusOr<Response> answer = co_await (handler->*function)(call, static_cast<const Request&>(request));
    if (!answer.ok()) co_return std::move(answer).status();
    static_cast<Response&>(response) = *std::move(answer);
    co_return absl::OkStatus();
  }

  template <class Handler, class Request, class Response>
  static Task<absl::Status> RunClientStream(Handler* handler,
                                            Task<absl::StatusOr<Response>> (Handler::*function)(const Call&,
                                                                                                Reader<Request>),
                                            const Call& call, Reader<Request> reader, MessageWriter& writer) {
    const absl::StatusOr<Response> answer = co_await (handler->*function)(call, std::move(reader));
    if (!answer.ok()) co_return answer.status();
    co_await writer.Write(*answer);  // whether it is taken is the stream's to tell
    co_return absl::OkStatus();
  }

  std::string full_name_;
  ReplayMemory replays_;
  RefusalLog* refusals_;
  std::map<std::string, Method> methods_;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_SERVICE_METHODS_H_
