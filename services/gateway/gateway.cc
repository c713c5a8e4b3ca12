#include "services/gateway/gateway.h"

#include <atomic>
#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/rpc/loop.h"
#include "common/status/status_macros.h"
#include "grpcpp/grpcpp.h"
#include "services/gateway/audit/refusal_sender.h"
#include "services/gateway/door/backend_health.h"
#include "services/gateway/door/door.h"
#include "services/gateway/grpc/forwarder.h"
#include "services/gateway/http/front.h"
#include "services/gateway/http/resources.h"
#include "services/gateway/http/server/server.h"
#include "services/gateway/http/suite_resources.h"
#include "services/gateway/identity/authenticator.h"
#include "services/gateway/identity/token_endpoint.h"
#include "services/gateway/identity/trust_keeper.h"
#include "services/gateway/tls/current_certificate.h"
#include "services/gateway/tls/grpc_credentials.h"

namespace jiebang::gateway {
namespace {

constexpr absl::Duration kRefuseWhatArrived = absl::Milliseconds(200);
constexpr absl::Duration kLookAgain = absl::Milliseconds(10);
constexpr absl::Duration kTellOfRefusals = absl::Seconds(10);

class RunningGateway final : public Gateway {
 public:
  RunningGateway(GatewayOptions options, Routes routes, TrustSource trust,
                 std::unique_ptr<CurrentCertificate> certificate)
      : options_(std::move(options)),
        certificate_(std::move(certificate)),
        routes_(std::move(routes)),
        authenticator_(trust.trust(), *options_.seal, std::move(options_.nonces)),
        refusals_(routes_.backends(), *options_.seal),
        trust_keeper_(std::move(trust), [this](const std::shared_ptr<const Trust>& changed) { Take(changed); }) {
    resources_.Add("GET", "/healthz", [](const http::Request&, std::string) { return Alive(); });
    resources_.Add("GET", "/readyz", [this](const http::Request&, std::string) { return Ready(); });
    AddTokenEndpoint(token_endpoint_, admission_, options_.trusted_proxies, resources_);
    AddPages(resources_);
  }

  absl::Status Listen() {
    grpc::ServerBuilder builder;
    Apply(options_.connections, builder);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    std::vector<int> ports(options_.addresses.size(), 0);
    for (std::size_t i = 0; i < ports.size(); ++i) {
      builder.AddListeningPort(options_.addresses[i], CredentialsFor(options_.addresses[i]), &ports[i]);
    }
    builder.RegisterAsyncGenericService(&service_);
    std::vector<grpc::ServerCompletionQueue*> queues;
    for (int i = 0; i < options_.loops; ++i) {
      std::unique_ptr<grpc::ServerCompletionQueue> queue = builder.AddCompletionQueue();
      queues.push_back(queue.get());
      loops_.push_back(std::make_unique<rpc::Loop>(std::move(queue)));
    }
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) {
      return absl::UnavailableError("cannot listen on " + absl::StrJoin(options_.addresses, ", "));
    }
    port_ = ports.empty() ? 0 : ports.front();
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      loops_[i]->Run();
      const int slots = options_.admission.most_calls + options_.refusing_slots;
      for (int slot = 0; slot < slots; ++slot) loops_[i]->Start(forwarder_.Serve(*loops_[i], *queues[i]));
    }
    loops_.front()->Start(refusals_.Run());
    loops_.front()->Start(forwarder_.CancelOverdue(*loops_.front()));
    loops_.front()->Start(TellOfRefusals(*loops_.front()));
    return absl::OkStatus();
  }

  // After Listen.
  absl::Status ListenForHttp() {
    if (options_.http_addresses.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(rest_routes_, RestRoutes::Of(routes_));
    http::ServerOptions options{.addresses = options_.http_addresses,
                                .threads = options_.http_threads,
                                .handler = &front_,
                                .tls = certificate_ == nullptr ? nullptr : certificate_->http_contexts(),
                                .limits = options_.http_limits};
    for (const auto& loop : loops_) options.executors.push_back(loop.get());
    ASSIGN_OR_RETURN(http_, http::Server::Start(std::move(options)));
    return absl::OkStatus();
  }

  int port() const override { return port_; }
  int http_port() const override { return http_ == nullptr ? 0 : http_->port(); }

  void Shutdown(absl::Duration grace) override {
    serving_ = false;
    forwarder_.StopServing();
    door_.streams().EndAll();
    front_.StopServing();
    if (http_ != nullptr) http_->Drain();
    // gRPC cuts off what it has not handed out when the server shuts down; refusing it takes no longer than this.
    const absl::Time last_moment = absl::Now() + grace;
    absl::SleepFor(kRefuseWhatArrived);
    while (under_way() > 0 && absl::Now() < last_moment) absl::SleepFor(kLookAgain);
    if (http_ != nullptr) http_->Stop();
    for (const auto& loop : loops_) loop->Stop();
    // Nobody is waiting any more but clients that leave their connections open, and gRPC would wait for them.
    server_->Shutdown(absl::ToChronoTime(absl::Now()));
    for (const auto& loop : loops_) loop->Join();
  }

 private:
  int under_way() const { return forwarder_.under_way() + (http_ == nullptr ? 0 : http_->under_way()); }

  static Task<http::Response> Alive() { co_return PlainText(200, "alive"); }

  // As gRPC's health check of the whole suite.
  Task<http::Response> Ready() {
    const Health health = co_await HealthOf(routes_.backends(), "");
    const bool is_ready = serving_ && health == Health::kServing;
    co_return is_ready ? PlainText(200, "ready") : PlainText(503, "not ready");
  }

  static http::Response PlainText(int status, const std::string& text) {
    return {.status = status,
            .content_type = "text/plain; charset=utf-8",
            .body = text + "\n",
            .headers = {{"Cache-Control", "no-store"}}};
  }

  // A socket of this machine is guarded by its folder.
  const std::shared_ptr<grpc::ServerCredentials>& CredentialsFor(const std::string& address) const {
    return absl::StartsWith(address, "unix:") ? plaintext_ : credentials_;
  }

  void Take(const std::shared_ptr<const Trust>& trust) {
    authenticator_.Use(trust);
    door_.streams().EndWithdrawn();
  }

  // Refusals for load are no audit records; who runs the suite learns of them here.
  Task<void> TellOfRefusals(const rpc::Loop& loop) const {
    Admission::Counts told;
    while (!loop.stopping()) {
      co_await Sleep(kTellOfRefusals);
      const Admission::Counts counts = admission_.counts();
      if (counts.refused() != told.refused()) {
        std::fprintf(stderr, "jiebang-gateway: in %s %s\n", absl::FormatDuration(kTellOfRefusals).c_str(),
                     counts.Since(told).c_str());
      }
      told = counts;
    }
  }

  GatewayOptions options_;
  const std::unique_ptr<CurrentCertificate> certificate_;  // null: plaintext
  const std::shared_ptr<grpc::ServerCredentials> plaintext_ = grpc::InsecureServerCredentials();
  // Before the server, which calls it.
  const std::shared_ptr<grpc::ServerCredentials> credentials_ =
      certificate_ == nullptr ? plaintext_ : GrpcCredentials(*certificate_);
  const Routes routes_;
  Authenticator authenticator_;
  RefusalSender refusals_;
  grpc::AsyncGenericService service_;
  Admission admission_{options_.admission};
  Door door_{admission_, authenticator_, refusals_, options_.trusted_proxies};
  Forwarder forwarder_{service_, routes_, door_, options_.connections.message_patience};
  TokenEndpoint token_endpoint_{authenticator_, std::move(options_.token_signing_key)};
  Resources resources_;
  RestRoutes rest_routes_;
  Front front_{routes_, rest_routes_, door_, resources_, options_.allowed_origins};
  std::atomic<bool> serving_ = true;
  std::vector<std::unique_ptr<rpc::Loop>> loops_;  // before the server: its queues outlive it
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<http::Server> http_;
  int port_ = 0;
  TrustKeeper trust_keeper_;  // last: it calls Take
};

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(GatewayOptions options, TrustSource trust) {
  ASSIGN_OR_RETURN(Routes routes, Routes::To(options.backends));
  std::unique_ptr<CurrentCertificate> certificate;
  if (options.tls) {
    ASSIGN_OR_RETURN(certificate, CurrentCertificate::Watch(*options.tls));
  }
  auto gateway =
      std::make_unique<RunningGateway>(std::move(options), std::move(routes), std::move(trust), std::move(certificate));
  RETURN_IF_ERROR(gateway->Listen());
  if (const absl::Status listening = gateway->ListenForHttp(); !listening.ok()) {
    gateway->Shutdown(absl::ZeroDuration());
    return listening;
  }
  return gateway;
}

}  // namespace jiebang::gateway
