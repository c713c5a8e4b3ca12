// The yardstick of the gateway: a byte proxy on the generic asynchronous API, one completion queue, one thread, a state
// machine for each call. It knows no token, no policy and no route: every call goes to one backend, as a unary one or,
// as the flag says, as a stream both ways (bare_stream_proxy.h).
#include <cstdio>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/rpc/channel.h"
#include "common/rpc/loop.h"
#include "common/rpc/metadata.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "tests/bench/bare_stream_proxy.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

struct Proxy {
  grpc::AsyncGenericService service;
  grpc::ServerCompletionQueue* queue = nullptr;
  std::unique_ptr<grpc::GenericStub> stub;
  std::string principal;  // what the backend wants to see; the same for every call
};

class Slot final : public rpc::Event {
 public:
  explicit Slot(Proxy& proxy) : proxy_(proxy) { Accept(); }

  void Fire(bool ok) override {
    switch (step_) {
      case Step::kAccepted:
        if (!ok) {
          delete this;
          return;
        }
        step_ = Step::kRead;
        call_->stream.Read(&call_->request, this);
        return;
      case Step::kRead:
        step_ = Step::kAnswered;
        call_->outgoing = grpc::ClientContext::FromServerContext(call_->context);
        if (!proxy_.principal.empty()) call_->outgoing->AddMetadata(rpc::kPrincipalMetadata, proxy_.principal);
        call_->reader =
            proxy_.stub->PrepareUnaryCall(call_->outgoing.get(), call_->context.method(), call_->request, proxy_.queue);
        call_->reader->StartCall();
        call_->reader->Finish(&call_->response, &call_->status, this);
        return;
      case Step::kAnswered:
        step_ = Step::kFinished;
        if (call_->status.ok()) {
          call_->stream.WriteAndFinish(call_->response, grpc::WriteOptions(), call_->status, this);
        } else {
          call_->stream.Finish(call_->status, this);
        }
        return;
      case Step::kFinished:
        Accept();
        return;
    }
  }

 private:
  enum class Step { kAccepted, kRead, kAnswered, kFinished };

  struct Call {
    grpc::GenericServerContext context;
    grpc::GenericServerAsyncReaderWriter stream{&context};
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
    grpc::Status status;
    std::unique_ptr<grpc::ClientContext> outgoing;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  };

  void Accept() {
    step_ = Step::kAccepted;
    call_ = std::make_unique<Call>();
    proxy_.service.RequestCall(&call_->context, &call_->stream, proxy_.queue, proxy_.queue, this);
  }

  Proxy& proxy_;
  Step step_ = Step::kAccepted;
  std::unique_ptr<Call> call_;
};

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("the yardstick of the gateway");
  std::string listen;
  std::string backend;
  std::string secret;
  bool are_streams = false;
  app.add_option("--listen", listen)->required();
  app.add_option("--backend", backend)->required();
  app.add_option("--secret", secret, "file with the suite's secret: calls go on as an operator");
  app.add_flag("--streams", are_streams, "every call is a stream both ways");
  CLI11_PARSE(app, argc, argv);

  Proxy proxy;
  if (!secret.empty()) {
    const absl::StatusOr<Secrets> secrets = Secrets::FromFile(secret);
    if (!secrets.ok()) return Fail("bare_proxy", secrets.status());
    identity::v1::Principal principal;
    principal.set_subject("bench");
    principal.add_roles(options::v1::ROLE_MINISTRY);
    principal.set_expire_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(24)));
    proxy.principal = secrets->seal.Seal(principal);
  }
  grpc::ServerBuilder builder;
  builder.AddListeningPort(listen, grpc::InsecureServerCredentials());
  builder.RegisterAsyncGenericService(&proxy.service);
  std::unique_ptr<grpc::ServerCompletionQueue> queue = builder.AddCompletionQueue();
  proxy.queue = queue.get();
  rpc::Loop loop(std::move(queue));
  proxy.stub = std::make_unique<grpc::GenericStub>(rpc::ChannelTo(backend));
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return Fail("bare_proxy", absl::UnavailableError("cannot listen"));
  loop.Run();
  loop.Post([&proxy, are_streams] {
    if (are_streams) {
      bench::ForwardStreams(proxy.service, *proxy.stub, *proxy.queue, 8);
    } else {
      for (int i = 0; i < 256; ++i) new Slot(proxy);
    }
  });
  std::printf("listening on %s\n", listen.c_str());
  std::fflush(stdout);
  WaitForSignal();
  server->Shutdown(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
  loop.Stop();
  loop.Join();
  return 0;
}
