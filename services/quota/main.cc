// The quota service as a process of its own.
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "common/process/service_flags.h"
#include "common/rpc/client.h"
#include "common/status/status_macros.h"
#include "services/quota/service.h"
#include "services/quota/webhook_flags.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

absl::Status Run(const ServiceFlags& flags, const quota::WebhookFlags& webhook_flags,
                 const std::string& application_address) {
  ASSIGN_OR_RETURN(const ServiceProcess process, ServiceProcess::From(flags));
  rpc::Client application("quota", process.secrets.seal);
  application.ConnectTo(application_address);
  ASSIGN_OR_RETURN(const std::unique_ptr<quota::WebhookProcess> webhooks,
                   quota::WebhookProcess::From(webhook_flags, process.secrets.webhook_key));
  quota::Service service({.store = *process.store,
                          .programmes = process.programmes,
                          .page_tokens = process.secrets.page_tokens,
                          .clock = *process.clock.clock,
                          .application = application,
                          .reached = KillPoint(),
                          .webhooks = &webhooks->means()});
  return process.Serve(flags, service.Methods(), service.Tasks());
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("Jiebang's quota service: recommending units, quotas and recommendation lists");
  ServiceFlags flags{.service = "quota"};
  flags.AddTo(app);
  quota::WebhookFlags webhooks;
  webhooks.AddTo(app);
  std::string application;
  app.add_option("--application", application, "address of the application service")->required();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags, webhooks, application);
  return status.ok() ? 0 : Fail("jiebang-quota", status);
}
