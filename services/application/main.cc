// The application service as a process of its own.
#include "CLI/CLI.hpp"
#include "common/process/service_flags.h"
#include "common/rpc/client.h"
#include "common/status/status_macros.h"
#include "services/application/service.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

struct Peers {
  std::string quota;
  std::string maturity;
  std::string publiclist;
};

absl::Status Run(const ServiceFlags& flags, const Peers& peers) {
  ASSIGN_OR_RETURN(const ServiceProcess process, ServiceProcess::From(flags));
  rpc::Client quota("application", process.secrets.seal);
  rpc::Client maturity("application", process.secrets.seal);
  rpc::Client publiclist("application", process.secrets.seal);
  quota.ConnectTo(peers.quota);
  maturity.ConnectTo(peers.maturity);
  publiclist.ConnectTo(peers.publiclist);
  application::Service service({.store = *process.store,
                                .programmes = process.programmes,
                                .page_tokens = process.secrets.page_tokens,
                                .clock = *process.clock.clock,
                                .quota = quota,
                                .maturity = maturity,
                                .publiclist = publiclist});
  return process.Serve(flags, service.Methods(), service.Tasks());
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("Jiebang's application service: applicants and their applications");
  ServiceFlags flags{.service = "application"};
  flags.AddTo(app);
  Peers peers;
  app.add_option("--quota", peers.quota, "address of the quota service")->required();
  app.add_option("--maturity", peers.maturity, "address of the maturity service")->required();
  app.add_option("--publiclist", peers.publiclist, "address of the publiclist service")->required();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags, peers);
  return status.ok() ? 0 : Fail("jiebang-application", status);
}
