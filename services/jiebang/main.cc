// jiebang: the whole suite in one process, and the check of programme files.
#include <cstdio>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/programme/loader.h"
#include "services/jiebang/serve_flags.h"
#include "services/jiebang/suite.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

int CheckProgrammes(const std::string& directory) {
  const absl::StatusOr<programme::Programmes> programmes = programme::LoadProgrammes(directory);
  if (!programmes.ok()) return Fail("jiebang check-programmes", programmes.status());
  for (const std::string& id : programmes->ids()) std::printf("%s: good\n", id.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  SkipLockOrderChecks();
  CLI::App app("Jiebang: smart-manufacturing programmes, from the notice to the announced list");
  app.require_subcommand(1);
  SuiteFlags flags;
  CLI::App& serve = *app.add_subcommand("serve", "runs the suite in this process");
  AddServeFlags(serve, flags);
  std::string directory;
  CLI::App& check = *app.add_subcommand("check-programmes", "reads programme files and says what is wrong in them");
  check.add_option("directory", directory, "directory of the programme files")
      ->required()
      ->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (check.parsed()) return CheckProgrammes(directory);
  const absl::Status status = ServeSuite(flags);
  return status.ok() ? 0 : Fail("jiebang serve", status);
}
