#include "common/rpc/client.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/loop.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/metadata.h"
#include "common/rpc/on_behalf.h"
#include "common/rpc/status_conversion.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace jiebang::rpc {
namespace {

// A call of ours that nobody bounded ends after this; the callee's own work on it ends with it.
constexpr absl::Duration kLongestCall = absl::Seconds(30);
// What a caller keeps of its deadline to tell its own caller of ours.
constexpr absl::Duration kKeptBack = absl::Milliseconds(20);
constexpr absl::Duration kSealValid = absl::Minutes(1);

}  // namespace

Client::Client(std::string service, const token::PrincipalSeal& seal) : service_(std::move(service)), seal_(seal) {}
Client::~Client() = default;

void Client::Connect(std::shared_ptr<grpc::Channel> channel) { channel_ = std::move(channel); }

void Client::ConnectTo(const std::string& address) { Connect(ChannelTo(address)); }

Client::Outgoing Client::Outgoing::For(const Call& call) {
  return {.deadline = std::min(call.deadline() - kKeptBack, absl::Now() + kLongestCall),
          .on_behalf_of = ChainOf(call.principal()),
          .source_address = call.principal().source_address(),
          .trace_parent = call.trace_parent()};
}

Task<absl::Status> Client::Send(Outgoing outgoing, std::string method, const google::protobuf::Message& request,
                                google::protobuf::Message& response) const {
  if (channel_ == nullptr) co_return absl::UnavailableError("the other service is not connected yet");
  identity::v1::Principal self;
  if (outgoing.instead) {
    self = *outgoing.instead;
  } else {
    self.set_subject(service_);
    self.add_roles(options::v1::ROLE_SERVICE);
    self.set_on_behalf_of(outgoing.on_behalf_of);
    self.set_source_address(outgoing.source_address);
  }
  self.set_expire_seconds(absl::ToUnixSeconds(absl::Now() + kSealValid));

  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(outgoing.deadline));
  context.AddMetadata(kPrincipalMetadata, seal_.Seal(self));
  if (!outgoing.trace_parent.empty()) context.AddMetadata(kTraceParentMetadata, outgoing.trace_parent);

  const grpc::ByteBuffer bytes = Encode(request);
  // Only loops await calls, and every home of theirs is one.
  Loop& home = static_cast<Loop&>(co_await Home());
  grpc::GenericStub stub(channel_);
  const auto call = stub.PrepareUnaryCall(&context, method, bytes, &home.queue());
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  Operation finished;
  call->Finish(&answer, &status, &finished);
  co_await finished;
  if (!status.ok()) co_return FromGrpc(status);
  if (!Decode(answer, response)) co_return absl::InternalError("the other service's answer cannot be read");
  co_return absl::OkStatus();
}

}  // namespace jiebang::rpc
