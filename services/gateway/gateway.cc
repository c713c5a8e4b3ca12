#include "services/gateway/gateway.h"

#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/rpc/loop.h"
#include "common/status/status_macros.h"
#include "grpcpp/grpcpp.h"
#include "services/gateway/audit/refusal_sender.h"
#include "services/gateway/door/door.h"
#include "services/gateway/grpc/forwarder.h"
#include "services/gateway/identity/authenticator.h"
#include "services/gateway/identity/trust_keeper.h"
#include "services/gateway/tls/current_certificate.h"
#include "services/gateway/tls/grpc_credentials.h"

namespace jiebang::gateway {
namespace {

constexpr absl::Duration kRefuseWhatArrived = absl::Milliseconds(200);
constexpr absl::Duration kLookAgain = absl::Milliseconds(10);
constexpr absl::Duration kTellOfRefusals = absl::Seconds(10);

class GrpcGateway final : public Gateway {
 public:
  GrpcGateway(GatewayOptions options, Routes routes, TrustSource trust, std::unique_ptr<CurrentCertificate> certificate)
      : options_(std::move(options)),
        certificate_(std::move(certificate)),
        routes_(std::move(routes)),
        authenticator_(trust.trust(), *options_.seal, std::move(options_.nonces)),
        refusals_(routes_.backends(), *options_.seal),
        trust_keeper_(std::move(trust), [this](const std::shared_ptr<const Trust>& changed) { Take(changed); }) {}

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

  int port() const override { return port_; }

  void Shutdown(absl::Duration grace) override {
    forwarder_.StopServing();
    // gRPC cuts off what it has not handed out when the server shuts down; refusing it takes no longer than this.
    const absl::Time last_moment = absl::Now() + grace;
    absl::SleepFor(kRefuseWhatArrived);
    while (forwarder_.under_way() > 0 && absl::Now() < last_moment) absl::SleepFor(kLookAgain);
    for (const auto& loop : loops_) loop->Stop();
    // Nobody is waiting any more but clients that leave their connections open, and gRPC would wait for them.
    server_->Shutdown(absl::ToChronoTime(absl::Now()));
    for (const auto& loop : loops_) loop->Join();
  }

 private:
  // A socket of this machine is guarded by its folder.
  const std::shared_ptr<grpc::ServerCredentials>& CredentialsFor(const std::string& address) const {
    return absl::StartsWith(address, "unix:") ? plaintext_ : credentials_;
  }

  void Take(const std::shared_ptr<const Trust>& trust) {
    authenticator_.Use(trust);
    forwarder_.EndWithdrawn(authenticator_);
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
  Door door_{admission_, authenticator_, refusals_};
  Forwarder forwarder_{service_, routes_, door_, options_.trusted_proxies, options_.connections.message_patience};
  std::vector<std::unique_ptr<rpc::Loop>> loops_;  // before the server: its queues outlive it
  std::unique_ptr<grpc::Server> server_;
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
      std::make_unique<GrpcGateway>(std::move(options), std::move(routes), std::move(trust), std::move(certificate));
  RETURN_IF_ERROR(gateway->Listen());
  return gateway;
}

}  // namespace jiebang::gateway
