// The gateway as a process of its own.
#include <cstdio>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/rpc/channel.h"
#include "common/status/status_macros.h"
#include "services/gateway/gateway_flags.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

struct Flags {
  gateway::GatewayFlags gateway;
  std::string secret;
  std::string application;
  std::string quota;
  std::string review;
  std::string maturity;
  std::string publiclist;
};

absl::Status Run(const Flags& flags) {
  ASSIGN_OR_RETURN(const Secrets secrets, Secrets::FromFile(flags.secret));
  std::vector<gateway::Backend> backends;
  // The contracts of one service share a connection.
  const auto add = [&](const std::string& address, std::initializer_list<const char*> contracts) {
    const std::shared_ptr<grpc::Channel> channel = rpc::ChannelTo(address);
    for (const char* const contract : contracts) backends.push_back({contract, channel});
  };
  add(flags.application, {"jiebang.application.v1.ApplicationService", "jiebang.application.v1.ExportService",
                          "jiebang.application.v1.JournalService"});
  add(flags.quota,
      {"jiebang.quota.v1.QuotaService", "jiebang.quota.v1.WebhookService", "jiebang.quota.v1.JournalService"});
  add(flags.review, {"jiebang.review.v1.ReviewService", "jiebang.review.v1.JournalService"});
  add(flags.maturity,
      {"jiebang.maturity.v1.MaturityService", "jiebang.maturity.v1.ObjectService", "jiebang.maturity.v1.InsightService",
       "jiebang.maturity.v1.KpiService", "jiebang.maturity.v1.JournalService"});
  add(flags.publiclist, {"jiebang.publiclist.v1.PublicListService", "jiebang.publiclist.v1.JournalService"});
  ASSIGN_OR_RETURN(const std::unique_ptr<gateway::Gateway> gateway,
                   flags.gateway.Start(std::move(backends), secrets.seal));
  std::fputs(flags.gateway.Announcement(*gateway).c_str(), stdout);
  std::fflush(stdout);
  WaitForSignal();
  gateway->Shutdown(kDrainGrace);
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("Jiebang's gateway: one address for all services");
  Flags flags;
  flags.gateway.AddTo(app);
  app.add_option("--secret", flags.secret,
                 "file with the secret that all processes of the suite share; made when absent")
      ->required();
  app.add_option("--application", flags.application, "address of the application service")->required();
  app.add_option("--quota", flags.quota, "address of the quota service")->required();
  app.add_option("--review", flags.review, "address of the review service")->required();
  app.add_option("--maturity", flags.maturity, "address of the maturity service")->required();
  app.add_option("--publiclist", flags.publiclist, "address of the publiclist service")->required();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags);
  return status.ok() ? 0 : Fail("jiebang-gateway", status);
}
