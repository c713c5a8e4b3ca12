#include "services/gateway/grpc/forwarder.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/errors/error.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/metadata.h"
#include "common/rpc/peer_address.h"
#include "common/rpc/read_ahead.h"
#include "common/rpc/status_conversion.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "health/v1/health.pb.h"
#include "services/gateway/grpc/reflection.h"
#include "services/gateway/tls/peer_certificate.h"

namespace jiebang::gateway {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using rpc::Operation;

constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
constexpr absl::Duration kHealthPatience = absl::Seconds(1);
constexpr absl::Duration kLookForOverdue = absl::Seconds(1);
// Reflection is for a developer at a terminal.
constexpr int kMostReflections = 32;
constexpr absl::Duration kLongestReflection = absl::Minutes(5);

std::string Metadata(const grpc::ServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  return found == context.client_metadata().end() ? "" : std::string(found->second.data(), found->second.size());
}

absl::Status UnknownMethod(const std::string& path) {
  return Refusal{.code = absl::StatusCode::kUnimplemented,
                 .reason = "METHOD_UNKNOWN",
                 .en = absl::StrCat("there is no method ", path),
                 .zh = absl::StrCat("没有方法 ", path),
                 .metadata = {{"method", path}}}
      .ToStatus();
}

absl::Status TooManyReflections() {
  return Refusal{.code = absl::StatusCode::kUnavailable,
                 .reason = "SUITE_OVERLOADED",
                 .en = "There are too many reflection streams.",
                 .zh = "反射流过多，请稍后重试",
                 .retry_after = absl::Seconds(5)}
      .ToStatus();
}

// Nothing of the call was begun.
absl::Status Stopping() {
  return Refusal{.code = absl::StatusCode::kUnavailable,
                 .reason = "GATEWAY_STOPPING",
                 .en = "This gateway is stopping; call again, and another one answers.",
                 .zh = "网关正在停止，请稍后重试",
                 .retry_after = absl::Seconds(1)}
      .ToStatus();
}

// What a service said, or what became of the call to it. A service that stops cancels what it has not begun, and gRPC
// says no more than that; a caller that cancelled by itself reads no answer.
absl::Status OutcomeOf(const grpc::Status& status) {
  if (status.error_code() == grpc::StatusCode::CANCELLED && status.error_details().empty()) {
    return absl::UnavailableError("the service was stopped during the call");
  }
  return rpc::FromGrpc(status);
}

absl::Status NoMessage() { return absl::InvalidArgumentError("the call brings no message"); }

// Of a proxy that is trusted, the caller's own address and certificate and never the proxy's.
Origin OriginOf(const grpc::ServerContext& call, const TrustedProxies& proxies) {
  const std::string peer = rpc::AddressOfPeer(call.peer());
  if (!proxies.Trusts(peer)) return {.address = peer, .client_certificate = PeerCertificate(*call.auth_context())};
  std::vector<std::string> forwarded_for;
  const auto [begin, end] = call.client_metadata().equal_range(kForwardedForHeader);
  for (auto it = begin; it != end; ++it) forwarded_for.emplace_back(it->second.data(), it->second.size());
  return proxies.OriginOf(peer, absl::StrJoin(forwarded_for, ","), Metadata(call, kClientCertificateHeader));
}

Arrival ArrivalOf(const grpc::GenericServerContext& call, const Route& route, const TrustedProxies& proxies) {
  Arrival arrival{.route = &route, .trace_parent = Metadata(call, rpc::kTraceParentMetadata)};
  Origin origin = OriginOf(call, proxies);
  arrival.credentials.authorization = Metadata(call, rpc::kAuthorizationMetadata);
  arrival.credentials.address = std::move(origin.address);
  arrival.credentials.client_certificate = std::move(origin.client_certificate);
  arrival.credentials.on_behalf_of = Metadata(call, kOnBehalfOfHeader);
  if (call.deadline() != std::chrono::system_clock::time_point::max()) {
    arrival.deadline = absl::FromChrono(call.deadline());
  }
  return arrival;
}

// What goes with the call to the service: nothing that the caller sent but its trace.
std::unique_ptr<grpc::ClientContext> Outgoing(const grpc::ServerContext& incoming, const Admitted& admitted) {
  // Cancellation by the caller reaches the service by itself.
  std::unique_ptr<grpc::ClientContext> outgoing = grpc::ClientContext::FromServerContext(incoming);
  if (admitted.deadline != absl::InfiniteFuture()) outgoing->set_deadline(absl::ToChronoTime(admitted.deadline));
  const std::string& sealed = admitted.caller->sealed;
  if (!sealed.empty()) outgoing->AddMetadata(rpc::kPrincipalMetadata, sealed);
  const std::string trace = Metadata(incoming, rpc::kTraceParentMetadata);
  if (!trace.empty()) outgoing->AddMetadata(rpc::kTraceParentMetadata, trace);
  return outgoing;
}

Task<void> Refuse(grpc::GenericServerAsyncReaderWriter& stream, absl::Status status) {
  Operation finished;
  stream.Finish(rpc::ToGrpc(status), &finished);
  co_await finished;
}

// Passes a stream's messages on as fast as the other side takes them, until there are no more. False: the other side is
// gone.
Task<bool> Carry(rpc::ReadAhead& from, grpc::internal::AsyncWriterInterface<grpc::ByteBuffer>& to) {
  Operation moved;
  while (true) {
    const std::optional<grpc::ByteBuffer> message = co_await from.Next();
    if (!message) co_return true;
    grpc::WriteOptions options;
    // It goes out together with the next one, which is there already. Never so the first one, behind which nothing has
    // been fetched yet: gRPC would not send it (grpc/grpc#34231).
    if (from.has_more()) options.set_buffer_hint();
    to.Write(*message, options, &moved);
    const bool taken = co_await moved;
    if (!taken) co_return false;
  }
}

// The other half of a call whose requests are a stream; `end` fires when gRPC holds nothing of it but the read of
// ReadAhead.
Task<void> CarryRequests(rpc::ReadAhead& requests, grpc::GenericClientAsyncReaderWriter& call, Operation& end) {
  const bool service_takes = co_await Carry(requests, call);
  if (service_takes && requests.ended()) {
    Operation moved;
    call.WritesDone(&moved);
    co_await moved;
  }
  end.Fire(true);
}

}  // namespace

Forwarder::Forwarder(grpc::AsyncGenericService& service, const Routes& routes, Door& door,
                     const TrustedProxies& proxies, absl::Duration message_patience)
    : service_(service), routes_(routes), door_(door), proxies_(proxies), overdue_(message_patience) {
  for (const Backend& backend : routes_.backends()) listed_.push_back(backend.service);
  listed_.emplace_back("grpc.health.v1.Health");
  listed_.emplace_back("grpc.reflection.v1.ServerReflection");
  std::sort(listed_.begin(), listed_.end());
}

Task<void> Forwarder::Serve(rpc::Loop& loop, grpc::ServerCompletionQueue& queue) {
  while (true) {
    Incoming incoming;
    Operation accepted;
    service_.RequestCall(&incoming.context, &incoming.stream, &queue, &queue, &accepted);
    const bool is_call = co_await accepted;
    if (!is_call) co_return;  // the server shuts down
    ++under_way_;
    const bool was_stream = co_await Answer(loop, queue, incoming);
    --under_way_;
    if (was_stream) co_return;
  }
}

void Forwarder::StopServing() {
  serving_ = false;
  absl::MutexLock lock(&mutex_);
  for (const auto& [stream, _] : streams_) stream->TryCancel();
}

void Forwarder::EndWithdrawn(const Authenticator& authenticator) {
  absl::MutexLock lock(&mutex_);
  for (const auto& [stream, caller] : streams_) {
    if (authenticator.IsWithdrawn(*caller)) stream->TryCancel();
  }
}

void Forwarder::StreamBegins(grpc::ClientContext& stream, const Caller& caller) {
  {
    absl::MutexLock lock(&mutex_);
    streams_.emplace(&stream, &caller);
  }
  if (!serving_) stream.TryCancel();  // StopServing came before the line above
}

void Forwarder::StreamEnds(grpc::ClientContext& stream) {
  absl::MutexLock lock(&mutex_);
  streams_.erase(&stream);
}

Task<void> Forwarder::CancelOverdue(rpc::Loop& loop) {
  while (!loop.stopping()) {
    co_await Sleep(kLookForOverdue);
    overdue_.Cancel(absl::Now());
  }
}

Task<bool> Forwarder::Answer(rpc::Loop& loop, grpc::ServerCompletionQueue& queue, Incoming& incoming) {
  const std::string& path = incoming.context.method();
  if (!serving_ && path != kHealthCheck) {
    co_await Refuse(incoming.stream, Stopping());
    co_return false;
  }
  const Route* const route = routes_.Find(path);
  if (route == nullptr) {
    const bool is_reflection = path == kReflectionV1 || path == kReflectionV1Alpha;
    if (is_reflection && reflections_ < kMostReflections) {
      if (serving_) loop.Start(Serve(loop, queue));
      ++reflections_;
      co_await AnswerReflection(incoming);
      --reflections_;
      co_return true;
    }
    if (path == kHealthCheck) {
      co_await AnswerHealth(loop, incoming);
    } else if (is_reflection) {
      co_await Refuse(incoming.stream, TooManyReflections());
    } else {
      co_await Refuse(incoming.stream, UnknownMethod(path));
    }
    co_return false;
  }
  absl::StatusOr<Admitted> admitted = door_.Admit(ArrivalOf(incoming.context, *route, proxies_));
  if (!admitted.ok()) {
    co_await Refuse(incoming.stream, admitted.status());
  } else if (route->client_streaming || route->server_streaming) {
    // A stream may live for hours.
    if (serving_) loop.Start(Serve(loop, queue));
    if (route->client_streaming) {
      co_await ForwardRequestStream(loop, incoming, *route, *admitted);
    } else {
      co_await ForwardServerStream(loop, incoming, *route, *admitted);
    }
    co_return true;
  } else {
    co_await ForwardUnary(loop, incoming, *route, *admitted);
  }
  co_return false;
}

Task<void> Forwarder::ForwardUnary(rpc::Loop& loop, Incoming& incoming, const Route& route, Admitted& admitted) {
  const Overdue::Call watched(overdue_, incoming.context, admitted.deadline);
  grpc::ByteBuffer request;
  Operation read;
  incoming.stream.Read(&request, &read);
  const bool has_message = co_await read;
  if (!has_message) {
    co_await Refuse(incoming.stream, NoMessage());
    co_return;
  }
  watched.HasMessage();
  const absl::Status held = admitted.ticket.Send(request.Length());
  if (!held.ok()) {
    co_await Refuse(incoming.stream, held);
    co_return;
  }
  const std::unique_ptr<grpc::ClientContext> outgoing = Outgoing(incoming.context, admitted);
  grpc::GenericStub stub(route.channel);
  const auto call = stub.PrepareUnaryCall(outgoing.get(), incoming.context.method(), request, &loop.queue());
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  Operation answered;
  call->Finish(&response, &status, &answered);
  co_await answered;
  admitted.ticket.Answered();

  Operation finished;
  if (status.ok()) {
    incoming.stream.WriteAndFinish(response, grpc::WriteOptions(), status, &finished);
  } else {
    incoming.stream.Finish(rpc::ToGrpc(OutcomeOf(status)), &finished);
  }
  co_await finished;
}

Task<void> Forwarder::ForwardServerStream(rpc::Loop& loop, Incoming& incoming, const Route& route,
                                          const Admitted& admitted) {
  grpc::ByteBuffer message;
  Operation moved;
  bool has_message = false;
  {
    const Overdue::Call watched(overdue_, incoming.context, absl::InfiniteFuture());
    incoming.stream.Read(&message, &moved);
    has_message = co_await moved;
  }
  if (!has_message) {
    co_await Refuse(incoming.stream, NoMessage());
    co_return;
  }
  const std::unique_ptr<grpc::ClientContext> outgoing = Outgoing(incoming.context, admitted);
  StreamBegins(*outgoing, *admitted.caller);
  grpc::GenericStub stub(route.channel);
  const auto call = stub.PrepareCall(outgoing.get(), incoming.context.method(), &loop.queue());
  call->StartCall(&moved);
  bool going = co_await moved;
  if (going) {
    call->WriteLast(message, grpc::WriteOptions(), &moved);
    going = co_await moved;
  }
  // One message at a time: a slow reader slows the service down.
  while (going) {
    call->Read(&message, &moved);
    going = co_await moved;
    if (!going) break;
    incoming.stream.Write(message, &moved);
    going = co_await moved && serving_;
    if (!going) outgoing->TryCancel();  // the caller is gone, or the gateway stops
  }
  grpc::Status status;
  call->Finish(&status, &moved);
  co_await moved;
  StreamEnds(*outgoing);
  incoming.stream.Finish(rpc::ToGrpc(OutcomeOf(status)), &moved);
  co_await moved;
}

Task<void> Forwarder::ForwardBidirectional(rpc::Loop& loop, Incoming& incoming, const Route& route,
                                           const Admitted& admitted) {
  const std::unique_ptr<grpc::ClientContext> outgoing = Outgoing(incoming.context, admitted);
  StreamBegins(*outgoing, *admitted.caller);
  grpc::GenericStub stub(route.channel);
  const auto call = stub.PrepareCall(outgoing.get(), incoming.context.method(), &loop.queue());
  Operation moved;
  call->StartCall(&moved);
  co_await moved;  // whether it could be started is in the call's status
  rpc::ReadAhead requests(incoming.stream);
  rpc::ReadAhead answers(*call);
  Operation requests_end;
  Spawn(loop, CarryRequests(requests, *call, requests_end));
  const bool caller_is_there = co_await Carry(answers, incoming.stream);
  if (!caller_is_there) outgoing->TryCancel();
  grpc::Status status;
  call->Finish(&status, &moved);
  co_await moved;
  StreamEnds(*outgoing);
  // Requests that are still coming have nowhere to go.
  requests.Interrupt();
  co_await requests_end;
  co_await answers.Close();
  incoming.stream.Finish(rpc::ToGrpc(OutcomeOf(status)), &moved);
  co_await moved;
  co_await requests.Close();
}

Task<void> Forwarder::AnswerReflection(Incoming& incoming) {
  const Overdue::Call watched(overdue_, incoming.context, absl::Now() + kLongestReflection);
  watched.HasMessage();
  while (true) {
    grpc::ByteBuffer bytes;
    Operation moved;
    incoming.stream.Read(&bytes, &moved);
    const bool has_message = co_await moved;
    if (!has_message) break;
    grpc::reflection::v1::ServerReflectionRequest request;
    if (!rpc::Decode(bytes, request)) break;
    incoming.stream.Write(rpc::Encode(Reflect(request, listed_)), &moved);
    const bool written = co_await moved;
    if (!written) break;
  }
  co_await Refuse(incoming.stream, absl::OkStatus());
}

Task<void> Forwarder::AnswerHealth(rpc::Loop& loop, Incoming& incoming) {
  const Overdue::Call watched(overdue_, incoming.context, absl::InfiniteFuture());
  grpc::ByteBuffer bytes;
  Operation moved;
  incoming.stream.Read(&bytes, &moved);
  const bool has_message = co_await moved;
  HealthCheckRequest request;
  if (!has_message || !rpc::Decode(bytes, request)) {
    co_await Refuse(incoming.stream, NoMessage());
    co_return;
  }
  // "" is the whole suite, "gateway" this process alone; any other name is a service's.
  bool known = request.service().empty() || request.service() == "gateway";
  bool serving = serving_;
  if (request.service() != "gateway") {
    for (const Backend& backend : routes_.backends()) {
      if (!request.service().empty() && request.service() != backend.service) continue;
      known = true;
      const bool backend_serves = co_await IsServing(loop, backend);
      serving = serving && backend_serves;
    }
  }
  if (!known) {
    co_await Refuse(incoming.stream, absl::NotFoundError(absl::StrCat("no service ", request.service())));
    co_return;
  }
  HealthCheckResponse response;
  response.set_status(serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING);
  incoming.stream.WriteAndFinish(rpc::Encode(response), grpc::WriteOptions(), grpc::Status::OK, &moved);
  co_await moved;
}

Task<bool> Forwarder::IsServing(rpc::Loop& loop, const Backend& backend) {
  HealthCheckRequest request;
  request.set_service(backend.service);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kHealthPatience));
  grpc::GenericStub stub(backend.channel);
  const auto call = stub.PrepareUnaryCall(&context, kHealthCheck, rpc::Encode(request), &loop.queue());
  call->StartCall();
  grpc::ByteBuffer bytes;
  grpc::Status status;
  Operation answered;
  call->Finish(&bytes, &status, &answered);
  co_await answered;
  HealthCheckResponse response;
  co_return status.ok() && rpc::Decode(bytes, response) && response.status() == HealthCheckResponse::SERVING;
}

}  // namespace jiebang::gateway
