// The publiclist service as a process of its own.
#include "CLI/CLI.hpp"
#include "common/process/service_flags.h"
#include "common/rpc/client.h"
#include "common/status/status_macros.h"
#include "services/publiclist/service.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

absl::Status Run(const ServiceFlags& flags, const std::string& review_address, const std::string& quota_address) {
  ASSIGN_OR_RETURN(const ServiceProcess process, ServiceProcess::From(flags));
  rpc::Client review("publiclist", process.secrets.seal);
  rpc::Client quota("publiclist", process.secrets.seal);
  review.ConnectTo(review_address);
  quota.ConnectTo(quota_address);
  publiclist::Service service({.store = *process.store,
                               .programmes = process.programmes,
                               .page_tokens = process.secrets.page_tokens,
                               .clock = *process.clock.clock,
                               .review = review,
                               .quota = quota});
  return process.Serve(flags, service.Methods(), service.Tasks());
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("Jiebang's publiclist service: public lists and honours");
  ServiceFlags flags{.service = "publiclist", .projections = publiclist::Service::Projections()};
  flags.AddTo(app);
  std::string review;
  std::string quota;
  app.add_option("--review", review, "address of the review service")->required();
  app.add_option("--quota", quota, "address of the quota service")->required();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags, review, quota);
  return status.ok() ? 0 : Fail("jiebang-publiclist", status);
}
