// The maturity service as a process of its own.
#include "CLI/CLI.hpp"
#include "common/process/service_flags.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/model_loader.h"
#include "services/maturity/service.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

absl::Status Run(const ServiceFlags& flags, const std::string& models_directory) {
  ASSIGN_OR_RETURN(const ServiceProcess process, ServiceProcess::From(flags));
  ASSIGN_OR_RETURN(const maturity::ModelCatalogue models, maturity::LoadModels(models_directory));
  ASSIGN_OR_RETURN(const maturity::ReferenceLines references, maturity::LoadReferencesOf(models_directory));
  maturity::Service service({.store = *process.store,
                             .models = models,
                             .programmes = process.programmes,
                             .references = references,
                             .page_tokens = process.secrets.page_tokens,
                             .clock = *process.clock.clock});
  return process.Serve(flags, service.Methods(), service.Tasks());
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("Jiebang's maturity service: self-assessments and their levels");
  ServiceFlags flags{.service = "maturity", .projections = maturity::Service::Projections()};
  flags.AddTo(app);
  std::string models;
  app.add_option("--models", models,
                 "directory of the maturity models; published figures in its sub-directory references")
      ->required()
      ->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = Run(flags, models);
  return status.ok() ? 0 : Fail("jiebang-maturity", status);
}
