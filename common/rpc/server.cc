#include "common/rpc/server.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <list>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/rpc/bidirectional_stream.h"
#include "common/rpc/health.h"
#include "common/rpc/loop.h"
#include "common/rpc/message_bytes.h"
#include "common/rpc/metadata.h"
#include "common/rpc/pipeline.h"
#include "common/rpc/status_conversion.h"
#include "common/status/status_macros.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/support/async_stream.h"
#include "grpcpp/support/async_unary_call.h"

namespace jiebang::rpc {
namespace {

using google::protobuf::Message;

constexpr absl::Duration kLookAgain = absl::Milliseconds(5);

// A stream of requests with one answer is served as a bidirectional one, which on the wire it is.
grpc::internal::RpcMethod::RpcType TypeOf(const ServiceMethods::Method& method) {
  if (method.bidirectional) return grpc::internal::RpcMethod::BIDI_STREAMING;
  return method.stream ? grpc::internal::RpcMethod::SERVER_STREAMING : grpc::internal::RpcMethod::NORMAL_RPC;
}

// One gRPC service by the names of its methods; messages are bytes to it. Registered methods take two events of the
// queue a call where a generic service takes three.
class BytesService final : public grpc::Service {
 public:
  explicit BytesService(const std::vector<Pipeline>& methods) {
    for (const Pipeline& method : methods) {
      paths_.push_back(absl::StrCat("/", method.descriptor().service()->full_name(), "/", method.descriptor().name()));
      AddMethod(new grpc::internal::RpcServiceMethod(paths_.back().c_str(), TypeOf(method.method()), nullptr));
      MarkMethodAsync(static_cast<int>(paths_.size()) - 1);
    }
  }

  using Service::RequestAsyncBidiStreaming;
  using Service::RequestAsyncServerStreaming;
  using Service::RequestAsyncUnary;

 private:
  std::list<std::string> paths_;  // gRPC keeps pointers into it
};

struct Lane {
  std::unique_ptr<Loop> loop;
  grpc::ServerCompletionQueue* queue = nullptr;  // the loop's
};

std::string Metadata(const grpc::ServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  return found == context.client_metadata().end() ? "" : std::string(found->second.data(), found->second.size());
}

Received ReceivedWith(const grpc::ServerContext& context, std::optional<std::string_view> bytes = std::nullopt) {
  const auto deadline = context.deadline();
  return {.sealed_principal = Metadata(context, kPrincipalMetadata),
          .trace_parent = Metadata(context, kTraceParentMetadata),
          .peer = context.peer(),
          .deadline = deadline == std::chrono::system_clock::time_point::max() ? absl::InfiniteFuture()
                                                                               : absl::FromChrono(deadline),
          .message_bytes = bytes};
}

std::unique_ptr<Message> Decoded(const Message& prototype, const WholeBytes& bytes) {
  std::unique_ptr<Message> message(prototype.New());
  return bytes.Decode(*message) ? std::move(message) : nullptr;
}

std::set<std::string> NamesOf(const std::vector<ServiceMethods>& services) {
  std::set<std::string> names;
  for (const ServiceMethods& service : services) names.insert(service.full_name());
  return names;
}

class StreamWriter final : public MessageWriter {
 public:
  StreamWriter(grpc::ServerContext& context, grpc::ServerAsyncWriter<grpc::ByteBuffer>& writer, const Loop& loop)
      : context_(context), writer_(writer), loop_(loop) {}

  Task<bool> Write(const Message& message) override {
    if (ended()) co_return false;
    writer_.Write(Encode(message), &written_);
    co_return co_await written_;
  }
  bool ended() const override { return context_.IsCancelled() || loop_.stopping(); }

 private:
  grpc::ServerContext& context_;
  grpc::ServerAsyncWriter<grpc::ByteBuffer>& writer_;
  const Loop& loop_;
  Operation written_;
};

class GrpcServer final : public Server {
 public:
  GrpcServer(ServerOptions options, std::vector<ServiceMethods> services)
      : options_(std::move(options)), services_(std::move(services)), health_(NamesOf(services_)) {}

  absl::Status Bind() {
    for (const ServiceMethods& service : services_) {
      pipelines_.emplace_back();
      RETURN_IF_ERROR(BindService(service, pipelines_.back()));
    }
    return absl::OkStatus();
  }

  absl::Status Listen() {
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    std::vector<int> ports(options_.addresses.size(), -1);
    for (std::size_t i = 0; i < ports.size(); ++i) {
      builder.AddListeningPort(options_.addresses[i], grpc::InsecureServerCredentials(), &ports[i]);
    }
    for (const std::vector<Pipeline>& methods : pipelines_) {
      grpc_services_.push_back(std::make_unique<BytesService>(methods));
      builder.RegisterService(grpc_services_.back().get());
    }
    builder.RegisterService(&health_);
    for (int i = 0; i < options_.loops; ++i) {
      std::unique_ptr<grpc::ServerCompletionQueue> queue = builder.AddCompletionQueue();
      grpc::ServerCompletionQueue* const raw = queue.get();
      lanes_.push_back({std::make_unique<Loop>(std::move(queue)), raw});
    }
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", absl::StrJoin(options_.addresses, ", ")));
    }
    for (Lane& lane : lanes_) {
      lane.loop->Run();
      lane.loop->Start(health_.Answer(*lane.queue));
      for (std::size_t s = 0; s < pipelines_.size(); ++s) {
        for (std::size_t m = 0; m < pipelines_[s].size(); ++m) ArmMethod(lane, s, m);
      }
    }
    return absl::OkStatus();
  }

  std::shared_ptr<grpc::Channel> InProcessChannel() override {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
    arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
    return server_->InProcessChannel(arguments);
  }

  void StartTask(Task<void> task) override {
    ++tasks_;
    lanes_.front().loop->Start(Counted(std::move(task)));
  }

  void Shutdown(absl::Duration grace) override {
    health_.StopServing();
    // First the loops learn of it, so that streams and tasks end by themselves within the grace.
    for (Lane& lane : lanes_) lane.loop->Stop();
    const absl::Time last_moment = absl::Now() + grace;
    // gRPC 1.51 crashes when a call over the in-process channel begins while its server shuts down, and tasks call the
    // services beside theirs.
    while (tasks_ > 0 && absl::Now() < last_moment) absl::SleepFor(kLookAgain);
    server_->Shutdown(absl::ToChronoTime(last_moment));
    // Only now has the last call been refused.
    std::set<RefusalLog*> refusals;
    for (const ServiceMethods& service : services_) refusals.insert(service.refusals());
    refusals.erase(nullptr);
    for (RefusalLog* const log : refusals) lanes_.front().loop->Start(log->Drain());
    for (Lane& lane : lanes_) lane.loop->Join();
  }

 private:
  Task<void> Counted(Task<void> task) {
    co_await std::move(task);
    --tasks_;
  }

  absl::Status BindService(const ServiceMethods& service, std::vector<Pipeline>& methods) const {
    const google::protobuf::ServiceDescriptor* const descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service.full_name());
    if (descriptor == nullptr) return absl::FailedPreconditionError(absl::StrCat("no contract: ", service.full_name()));
    std::set<std::string> unknown;
    for (const auto& [name, method] : service.methods()) unknown.insert(name);
    std::vector<std::string> faults;
    for (int i = 0; i < descriptor->method_count(); ++i) {
      const google::protobuf::MethodDescriptor& method = *descriptor->method(i);
      const auto handler = service.methods().find(method.name());
      if (handler == service.methods().end()) {
        faults.push_back(absl::StrCat(method.full_name(), ": no handler"));
        continue;
      }
      unknown.erase(method.name());
      absl::StatusOr<Pipeline> pipeline = Pipeline::For(method, handler->second, service.replays(), service.refusals(),
                                                        *options_.clock, *options_.seal);
      if (!pipeline.ok()) {
        faults.emplace_back(pipeline.status().message());
        continue;
      }
      methods.push_back(*std::move(pipeline));
    }
    for (const std::string& name : unknown) faults.push_back(absl::StrCat(service.full_name(), ": no method ", name));
    if (faults.empty()) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrJoin(faults, "; "));
  }

  void ArmMethod(Lane& lane, std::size_t service, std::size_t method) {
    for (int i = 0; i < options_.slots_per_method; ++i) {
      const int index = static_cast<int>(method);
      const Pipeline& pipeline = pipelines_[service][method];
      if (pipeline.method().bidirectional) {
        lane.loop->Start(AcceptBidirectional(lane, *grpc_services_[service], index, pipeline));
      } else if (pipeline.method().stream) {
        lane.loop->Start(AcceptStreams(lane, *grpc_services_[service], index, pipeline));
      } else {
        lane.loop->Start(AnswerUnary(lane, *grpc_services_[service], index, pipeline));
      }
    }
  }

  // One slot: accepts a call, answers it, and accepts the next. Nobody asks a unary call whether it was cancelled, so
  // it needs no done tag and two events of the queue are all that it costs.
  static Task<void> AnswerUnary(Lane& lane, BytesService& service, int index, const Pipeline& pipeline) {
    while (true) {
      grpc::ServerContext context;
      grpc::ByteBuffer bytes;
      grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> responder(&context);
      Operation accepted;
      service.RequestAsyncUnary(index, &context, &bytes, &responder, lane.queue, lane.queue, &accepted);
      if (!co_await accepted) co_return;  // the server shuts down
      absl::Status status = Undecodable();
      const WholeBytes whole(bytes);
      const std::unique_ptr<Message> request = Decoded(*pipeline.method().request, whole);
      const std::unique_ptr<Message> response(pipeline.method().response->New());
      if (request != nullptr) {
        const Received received = ReceivedWith(context, whole.view());
        status = co_await pipeline.RunUnary(received, *request, *response);
      }
      Operation answered;
      if (status.ok()) {
        responder.Finish(Encode(*response), grpc::Status::OK, &answered);
      } else {
        responder.FinishWithError(ToGrpc(status), &answered);
      }
      co_await answered;
    }
  }

  // Its context lives in this frame until both the finish and gRPC's done tag are back, which come in either order. A
  // stream may live for hours, so its slot starts a replacement before it serves it.
  static Task<void> AcceptStreams(Lane& lane, BytesService& service, int index, const Pipeline& pipeline) {
    grpc::ServerContext context;
    grpc::ByteBuffer bytes;
    grpc::ServerAsyncWriter<grpc::ByteBuffer> stream(&context);
    Operation accepted;
    Operation finished;
    Operation done;
    context.AsyncNotifyWhenDone(&done);
    service.RequestAsyncServerStreaming(index, &context, &bytes, &stream, lane.queue, lane.queue, &accepted);
    if (!co_await accepted) co_return;
    if (!lane.loop->stopping()) lane.loop->Start(AcceptStreams(lane, service, index, pipeline));
    absl::Status status = Undecodable();
    const WholeBytes whole(bytes);
    if (const std::unique_ptr<Message> request = Decoded(*pipeline.method().request, whole)) {
      StreamWriter writer(context, stream, *lane.loop);
      const Received received = ReceivedWith(context, whole.view());
      status = co_await pipeline.RunStream(received, *request, writer);
    }
    stream.Finish(ToGrpc(status), &finished);
    co_await finished;
    co_await done;
  }

  // As AcceptStreams.
  static Task<void> AcceptBidirectional(Lane& lane, BytesService& service, int index, const Pipeline& pipeline) {
    grpc::ServerContext context;
    BidirectionalStream::Stream stream(&context);
    Operation accepted;
    Operation done;
    context.AsyncNotifyWhenDone(&done);
    service.RequestAsyncBidiStreaming(index, &context, &stream, lane.queue, lane.queue, &accepted);
    if (!co_await accepted) co_return;
    if (!lane.loop->stopping()) lane.loop->Start(AcceptBidirectional(lane, service, index, pipeline));
    BidirectionalStream call(*pipeline.method().request, context, stream, *lane.loop);
    absl::Status status = co_await pipeline.RunBidirectional(ReceivedWith(context), call, call);
    co_await call.Finish(std::move(status));
    co_await done;
  }

  const ServerOptions options_;
  const std::vector<ServiceMethods> services_;
  std::deque<std::vector<Pipeline>> pipelines_;
  std::vector<std::unique_ptr<BytesService>> grpc_services_;
  HealthService health_;
  std::atomic<int> tasks_ = 0;  // of StartTask, not ended yet
  std::vector<Lane> lanes_;     // before the server: its queues outlive it
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options, std::vector<ServiceMethods> services) {
  auto server = std::make_unique<GrpcServer>(std::move(options), std::move(services));
  RETURN_IF_ERROR(server->Bind());
  RETURN_IF_ERROR(server->Listen());
  return server;
}

}  // namespace jiebang::rpc
