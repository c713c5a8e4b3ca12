// The review service as a process of its own.
#include "CLI/CLI.hpp"
#include "common/process/service_flags.h"
#include "common/rpc/client.h"
#include "common/status/status_macros.h"
#include "services/review/service.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

absl::Status Run(const ServiceFlags& flags, const std::string& quota_address, const std::string& application_address) {
  ASSIGN_OR_RETURN(const ServiceProcess process, ServiceProcess::From(flags));
  rpc::Client quota("review", process.secrets.seal);
  rpc::Client application("review", process.secrets.seal);
  quota.ConnectTo(quota_address);
  application.ConnectTo(application_address);
  review::Service service({.store = *process.store,
                           .programmes = process.programmes,
                           .page_tokens = process.secrets.page_tokens,
                           .clock = *process.clock.clock,
                           .quota = quota,
                           .application = application});
  return process.Serve(flags, service.Methods(), service.Tasks());
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("Jiebang's review service: experts, rounds, assignments, scores and decisions");
  ServiceFlags flags{.service = "review"};
  flags.AddTo(app);
  std::string quota;
  std::string application;
  app.add_option("--quota", quota, "address of the quota service")->required();
  app.add_option("--application", application, "address of the application service")->required();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags, quota, application);
  return status.ok() ? 0 : Fail("jiebang-review", status);
}
