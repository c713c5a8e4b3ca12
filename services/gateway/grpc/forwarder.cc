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
#include "services/gateway/door/backend_call.h"
#include "services/gateway/door/backend_health.h"
#include "services/gateway/door/refusals.h"
#include "services/gateway/grpc/reflection.h"
#include "services/gateway/tls/peer_certificate.h"

namespace jiebang::gateway {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using rpc::Operation;

constexpr absl::Duration kLookForOverdue = absl::Seconds(1);
// Reflection is for a developer at a terminal.
constexpr int kMostReflections = 32;
constexpr absl::Duration kLongestReflection = absl::Minutes(5);

std::string Metadata(const grpc::ServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  return found == context.client_metadata().end() ? "" : std::string(found->second.data(), found->second.size());
}

absl::Status TooManyReflections() {
  return Refusal{.code = absl::StatusCode::kUnavailable,
                 .reason = "SUITE_OVERLOADED",
                 .en = "There are too many reflection streams.",
                 .zh = "反射流过多，请稍后重试",
                 .retry_after = absl::Seconds(5)}
      .ToStatus();
}

// Of one that was sent several times: all, in order, joined by commas.
std::string AllMetadata(const grpc::ServerContext& context, const char* name) {
  std::vector<std::string> values;
  const auto [begin, end] = context.client_metadata().equal_range(name);
  for (auto it = begin; it != end; ++it) values.emplace_back(it->second.data(), it->second.size());
  return absl::StrJoin(values, ",");
}

absl::Status NoMessage() { return absl::InvalidArgumentError("the call brings no message"); }

// Of a proxy that is trusted, the caller's own address and certificate and never the proxy's.
Origin OriginOf(const grpc::ServerContext& call, const TrustedProxies& proxies) {
  const std::string peer = rpc::AddressOfPeer(call.peer());
  if (!proxies.Trusts(peer)) return {.address = peer, .client_certificate = PeerCertificate(*call.auth_context())};
  return proxies.OriginOf(peer, AllMetadata(call, kForwardedForHeader), AllMetadata(call, kClientCertificateHeader));
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

// The call to the service.
std::unique_ptr<grpc::ClientContext> Outgoing(const grpc::ServerContext& incoming, const Admitted& admitted) {
  // Cancellation by the caller reaches the service by itself.
  std::unique_ptr<grpc::ClientContext> outgoing = grpc::ClientContext::FromServerContext(incoming);
  if (admitted.deadline != absl::InfiniteFuture()) outgoing->set_deadline(absl::ToChronoTime(admitted.deadline));
  AddOutgoingMetadata(*admitted.caller, Metadata(incoming, rpc::kTraceParentMetadata), *outgoing);
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
                     absl::Duration message_patience)
    : service_(service), routes_(routes), door_(door), overdue_(message_patience) {
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
      co_await AnswerHealth(incoming);
    } else if (is_reflection) {
      co_await Refuse(incoming.stream, TooManyReflections());
    } else {
      co_await Refuse(incoming.stream, UnknownMethod(path));
    }
    co_return false;
  }
  absl::StatusOr<Admitted> admitted = door_.Admit(ArrivalOf(incoming.context, *route, door_.proxies()));
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
  const OpenStreams::Stream open(door_.streams(), *outgoing, *admitted.caller);
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
  incoming.stream.Finish(rpc::ToGrpc(OutcomeOf(status)), &moved);
  co_await moved;
}

Task<void> Forwarder::ForwardRequestStream(rpc::Loop& loop, Incoming& incoming, const Route& route,
                                           const Admitted& admitted) {
  const std::unique_ptr<grpc::ClientContext> outgoing = Outgoing(incoming.context, admitted);
  const OpenStreams::Stream open(door_.streams(), *outgoing, *admitted.caller);
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

Task<void> Forwarder::AnswerHealth(Incoming& incoming) {
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
  Health health = Health::kServing;
  if (request.service() != "gateway") health = co_await HealthOf(routes_.backends(), request.service());
  if (health == Health::kUnknownService) {
    co_await Refuse(incoming.stream, absl::NotFoundError(absl::StrCat("no service ", request.service())));
    co_return;
  }
  const bool serving = serving_ && health == Health::kServing;
  HealthCheckResponse response;
  response.set_status(serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING);
  incoming.stream.WriteAndFinish(rpc::Encode(response), grpc::WriteOptions(), grpc::Status::OK, &moved);
  co_await moved;
}

}  // namespace jiebang::gateway
