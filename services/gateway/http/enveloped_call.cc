#include "services/gateway/http/enveloped_call.h"

#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/loop.h"
#include "common/rpc/metadata.h"
#include "common/status/status_macros.h"
#include "services/gateway/door/backend_call.h"
#include "services/gateway/http/arrival.h"
#include "services/gateway/http/calls.h"
#include "services/gateway/http/envelope.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/refusals.h"

namespace jiebang::gateway {
namespace {

// The requests of a call, one after another.
class Requests {
 public:
  Requests(http::Exchange& exchange, const Route& route, Dialect dialect, std::string body)
      : exchange_(exchange),
        route_(route),
        dialect_(dialect),
        encoding_(exchange.request().Value(dialect.encoding_header())),
        reader_(MaxBytes(dialect.codec)) {
    reader_.Add(std::move(body));
  }

  // nullopt: the client has sent all. What is not a request ends the call.
  Task<absl::StatusOr<std::optional<grpc::ByteBuffer>>> Next() {
    std::optional<Envelope> envelope;
    while (true) {
      CO_ASSIGN_OR_RETURN(envelope, reader_.Next());
      if (envelope) break;
      absl::StatusOr<std::string> piece = co_await exchange_.ReadSome();
      if (!piece.ok()) co_return UnreadableBody(piece.status(), MaxBytes(dialect_.codec));
      if (piece->empty()) {
        if (!reader_.is_empty())
          co_return MalformedEnvelope("the body ends within a message", "请求正文在消息中间结束");
        co_return std::nullopt;
      }
      reader_.Add(*std::move(piece));
    }
    if ((envelope->flags & ~Envelope::kCompressed) != 0) {
      co_return MalformedEnvelope("a request has flags that no request has", "请求消息的标志位无效");
    }
    const bool is_compressed = (envelope->flags & Envelope::kCompressed) != 0;
    if (is_compressed && encoding_.empty()) {
      co_return MalformedEnvelope("a message is compressed, and no header says how", "消息已压缩，但未声明压缩方式");
    }
    CO_ASSIGN_OR_RETURN(std::string message, Decoded(is_compressed ? encoding_ : std::string_view(),
                                                     std::move(envelope->bytes), MaxBytes(dialect_.codec)));
    CO_ASSIGN_OR_RETURN(grpc::ByteBuffer bytes, RequestOf(dialect_.codec, *route_.method, std::move(message),
                                                          exchange_.request().Value("idempotency-key")));
    co_return bytes;
  }

 private:
  http::Exchange& exchange_;
  const Route& route_;
  const Dialect dialect_;
  const std::string_view encoding_;
  EnvelopeReader reader_;
};

// The answers of a call, in their envelopes.
class Answers {
 public:
  Answers(http::Exchange& exchange, const Route& route, Dialect dialect, http::Response::Headers headers)
      : exchange_(exchange),
        route_(route),
        dialect_(dialect),
        compresses_(TakesGzip(exchange.request().Value(dialect.accepts_header()))) {
    http::Response head = dialect_.Head(compresses_);
    std::move(headers.begin(), headers.end(), std::back_inserter(head.headers));
    exchange_.Begin(std::move(head));
  }

  absl::StatusOr<std::string> Wrapped(grpc::ByteBuffer answer) const {
    ASSIGN_OR_RETURN(const std::string text, AnswerOf(dialect_.codec, *route_.method, std::move(answer)));
    if (!compresses_ || text.size() < kWorthCompressing) return Enveloped(0, text);
    return Enveloped(Envelope::kCompressed, Compress(text));
  }

  void End(std::string last, const absl::Status& outcome) { exchange_.End(std::move(last) + dialect_.End(outcome)); }

 private:
  http::Exchange& exchange_;
  const Route& route_;
  const Dialect dialect_;
  const bool compresses_;
};

// The caller's.
absl::StatusOr<absl::Time> DeadlineIn(const http::Request& request, Dialect dialect) {
  const std::optional<std::string_view> text = request.Find(dialect.timeout_header());
  if (!text) return absl::InfiniteFuture();
  const std::optional<absl::Duration> timeout = dialect.ParseTimeout(*text);
  if (!timeout) return MalformedTimeout(dialect.timeout_header(), *text);
  return absl::Now() + *timeout;
}

// The one request of a call that has one.
Task<absl::StatusOr<grpc::ByteBuffer>> OnlyRequest(Requests& requests) {
  CO_ASSIGN_OR_RETURN(std::optional<grpc::ByteBuffer> request, co_await requests.Next());
  if (!request) co_return MalformedEnvelope("the call brings no message", "请求没有消息");
  CO_ASSIGN_OR_RETURN(const std::optional<grpc::ByteBuffer> another, co_await requests.Next());
  if (another) co_return MalformedEnvelope("the call brings more than one message", "请求的消息多于一个");
  co_return *std::move(request);
}

// Passes requests on until there are no more; `fault`: what was wrong with one.
Task<void> CarryRequests(Requests& requests, ServiceStream& stream, absl::Status& fault, rpc::Operation& end) {
  bool going = true;
  while (going) {
    absl::StatusOr<std::optional<grpc::ByteBuffer>> request = co_await requests.Next();
    if (!request.ok()) {
      fault = request.status();
      stream.Cancel();
      break;
    }
    if (!request->has_value()) {
      co_await stream.WritesDone();
      break;
    }
    going = co_await stream.Write(**std::move(request));
  }
  end.Fire(true);
}

// Passes answers on until there are no more.
Task<absl::Status> CarryAnswers(ServiceStream& stream, Answers& answers, http::Exchange& exchange) {
  // A client that waits for the head sees that the call has begun.
  bool going = co_await exchange.Write("");
  while (going) {
    std::optional<grpc::ByteBuffer> answer = co_await stream.Read();
    if (!answer) break;
    CO_ASSIGN_OR_RETURN(std::string envelope, answers.Wrapped(*std::move(answer)));
    going = co_await exchange.Write(std::move(envelope));
  }
  if (!going) stream.Cancel();
  co_return absl::OkStatus();
}

Task<absl::Status> CallWithStream(OpenStreams& streams, http::Exchange& exchange, const BackendCall& call,
                                  Requests& requests, Answers& answers) {
  rpc::Loop& loop = static_cast<rpc::Loop&>(co_await Home());
  std::optional<grpc::ByteBuffer> only;
  if (!call.route->client_streaming) {
    CO_ASSIGN_OR_RETURN(only, co_await OnlyRequest(requests));
  }
  exchange.BecomeStream();
  ServiceStream stream(call, streams);
  co_await stream.Start(loop);
  absl::Status fault;
  rpc::Operation requests_end;
  if (only) {
    co_await stream.Write(*std::move(only));
    co_await stream.WritesDone();
    requests_end.Fire(true);
  } else {
    Spawn(loop, CarryRequests(requests, stream, fault, requests_end));
  }
  const absl::Status carried = co_await CarryAnswers(stream, answers, exchange);
  if (!carried.ok()) stream.Cancel();
  const absl::Status outcome = co_await stream.Finish();
  absl::Status status = !fault.ok() ? fault : !carried.ok() ? carried : outcome;
  // Requests that are still coming have nowhere to go.
  exchange.StopReading();
  co_await requests_end;
  co_return status;
}

// The outcome; `last`: the answer of a call that has one.
Task<absl::Status> Run(Door& door, http::Exchange& exchange, const Route& route, Dialect dialect, Answers& answers,
                       std::string& last) {
  const http::Request& request = exchange.request();
  CO_ASSIGN_OR_RETURN(const absl::Time deadline, DeadlineIn(request, dialect));
  const std::string_view encoding = request.Value(dialect.encoding_header());
  if (!encoding.empty() && encoding != kGzip && encoding != kIdentity) co_return UnknownEncoding(encoding, kGzip);
  std::string body;
  if (IsSigned(request)) {
    absl::StatusOr<std::string> read = co_await exchange.ReadBody(MaxBytes(dialect.codec));
    if (!read.ok()) co_return UnreadableBody(read.status(), MaxBytes(dialect.codec));
    body = *std::move(read);
  }
  CO_ASSIGN_OR_RETURN(Admitted admitted, co_await Admit(door, request, route, deadline, body));
  const BackendCall call = BackendCallOf(exchange, route, admitted);
  Requests requests(exchange, route, dialect, std::move(body));
  if (route.client_streaming || route.server_streaming) {
    co_return co_await CallWithStream(door.streams(), exchange, call, requests, answers);
  }
  CO_ASSIGN_OR_RETURN(grpc::ByteBuffer only, co_await OnlyRequest(requests));
  CO_ASSIGN_OR_RETURN(grpc::ByteBuffer answer, co_await CallService(call, std::move(only)));
  CO_ASSIGN_OR_RETURN(last, answers.Wrapped(std::move(answer)));
  co_return absl::OkStatus();
}

}  // namespace

Task<void> ServeEnveloped(Door& door, http::Exchange& exchange, const Route& route, Dialect dialect,
                          http::Response::Headers headers) {
  Answers answers(exchange, route, dialect, std::move(headers));
  std::string last;
  const absl::Status outcome = co_await Run(door, exchange, route, dialect, answers, last);
  answers.End(std::move(last), outcome);
}

}  // namespace jiebang::gateway
