// The yardstick of a service: the asynchronous API of gRPC, one completion queue, one thread, a state machine for each
// call, no coroutine around it, no check, no message that is parsed. Answers with a fixed number of bytes, after
// nothing, one read or one commit; streams are bare_streams.h's.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/async/task.h"
#include "common/process/process.h"
#include "common/rpc/loop.h"
#include "common/store/open.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/support/async_unary_call.h"
#include "tests/bench/bare_streams.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

class BareService final : public grpc::Service {
 public:
  BareService() {
    AddMethod(new grpc::internal::RpcServiceMethod("/jiebang.bench.Bare/Call", grpc::internal::RpcMethod::NORMAL_RPC,
                                                   nullptr));
    MarkMethodAsync(0);
  }
  using Service::RequestAsyncUnary;
};

struct Bare {
  BareService service;
  grpc::ServerCompletionQueue* queue = nullptr;
  rpc::Loop* loop = nullptr;
  store::Store* store = nullptr;
  std::string mode;
  std::string answer;
  std::uint64_t commits = 0;
};

// One slot: accepted, (stored), finished, and again.
class Slot final : public rpc::Event {
 public:
  explicit Slot(Bare& bare) : bare_(bare) { Accept(); }

  void Fire(bool ok) override {
    if (!ok && !finishing_) {
      delete this;
      return;
    }
    if (finishing_) {
      Accept();
      return;
    }
    if (bare_.mode == "echo") {
      Finish(absl::OkStatus());
    } else {
      Spawn(*bare_.loop, Store());
    }
  }

 private:
  void Accept() {
    finishing_ = false;
    call_ = std::make_unique<Call>();
    bare_.service.RequestAsyncUnary(0, &call_->context, &call_->request, &call_->responder, bare_.queue, bare_.queue,
                                    this);
  }

  Task<void> Store() {
    if (bare_.mode == "read") {
      store::Key key{.table = "bare", .partition = "bare", .id = "record"};
      const auto record = co_await bare_.store->Get(std::move(key));
      Finish(record.status());
      co_return;
    }
    // As a service's commit of one new record: the record, that it was absent, the event.
    const std::string id = absl::StrCat("record-", ++bare_.commits);
    store::Commit commit{.partition = absl::StrCat("bare/", bare_.commits % 997)};
    commit.preconditions.push_back({.table = "bare", .id = id, .version = 0});
    commit.puts.push_back({.table = "bare", .id = id, .value = bare_.answer});
    commit.events.push_back({.type = "bare.created", .resource = id, .payload = std::string(120, 'e')});
    Finish(co_await bare_.store->Apply(std::move(commit)));
  }

  void Finish(const absl::Status& status) {
    finishing_ = true;
    if (!status.ok()) {
      call_->responder.FinishWithError(grpc::Status(grpc::StatusCode::INTERNAL, status.ToString()), this);
      return;
    }
    grpc::Slice slice(bare_.answer);
    call_->responder.Finish(grpc::ByteBuffer(&slice, 1), grpc::Status::OK, this);
  }

  struct Call {
    grpc::ServerContext context;
    grpc::ByteBuffer request;
    grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> responder{&context};
  };

  Bare& bare_;
  std::unique_ptr<Call> call_;
  bool finishing_ = false;
};

absl::Status Prepare(store::Store& store, const std::string& value, rpc::Loop& loop) {
  absl::Notification done;
  absl::Status status;
  loop.Start(
      [](store::Store& into, std::string bytes, absl::Status& result, absl::Notification& finished) -> Task<void> {
        store::Commit commit{.partition = "bare"};
        commit.puts.push_back({.table = "bare", .id = "record", .value = std::move(bytes)});
        result = co_await into.Apply(std::move(commit));
        finished.Notify();
      }(store, value, status, done));
  done.WaitForNotification();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("the yardstick of a service");
  std::string listen;
  std::string location;
  Bare bare;
  int bytes = 300;
  app.add_option("--listen", listen)->required();
  app.add_option("--mode", bare.mode, "echo, read, write or stream")
      ->required()
      ->check(CLI::IsMember({"echo", "read", "write", "stream"}));
  app.add_option("--store", location);
  app.add_option("--bytes", bytes, "of the answer and of the stored record")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  bare.answer.assign(bytes, 'x');

  std::unique_ptr<store::Store> store;
  if (bare.mode == "read" || bare.mode == "write") {
    absl::StatusOr<std::unique_ptr<store::Store>> opened = store::Open(location);
    if (!opened.ok()) return Fail("bare_server", opened.status());
    store = *std::move(opened);
    bare.store = store.get();
  }
  grpc::ServerBuilder builder;
  builder.AddListeningPort(listen, grpc::InsecureServerCredentials());
  builder.RegisterService(&bare.service);
  bench::BareStreams streams(bare.answer);
  builder.RegisterService(&streams);
  std::unique_ptr<grpc::ServerCompletionQueue> queue = builder.AddCompletionQueue();
  bare.queue = queue.get();
  rpc::Loop loop(std::move(queue));
  bare.loop = &loop;
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return Fail("bare_server", absl::UnavailableError("cannot listen"));
  loop.Run();
  if (store != nullptr) {
    if (const absl::Status prepared = Prepare(*store, bare.answer, loop); !prepared.ok())
      return Fail("bare_server", prepared);
  }
  loop.Post([&bare, &streams] {
    for (int i = 0; i < 128; ++i) new Slot(bare);
    streams.AcceptOn(*bare.queue, 8);
  });
  std::printf("listening on %s\n", listen.c_str());
  std::fflush(stdout);
  WaitForSignal();
  server->Shutdown(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
  loop.Stop();
  loop.Join();
  return 0;
}
