// jiebang: the whole suite in one process, and the check of programme files.
#include <cstdio>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/programme/loader.h"
#include "services/jiebang/suite.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

void AddServe(CLI::App& serve, SuiteFlags& flags) {
  serve.add_flag("--all", flags.all, "all services and the gateway")->required();
  serve.add_option("--data", flags.data, "directory of the embedded store and the secret; made when absent")
      ->required();
  serve.add_option("--programmes", flags.programmes, "directory of the programme files")
      ->required()
      ->check(CLI::ExistingDirectory);
  serve
      .add_option("--models", flags.models,
                  "directory of the maturity models; published figures in its sub-directory references")
      ->required()
      ->check(CLI::ExistingDirectory);
  serve.add_option("--listen", flags.listen, "host:port or unix:path of the gateway; port 0: any")->required();
  serve
      .add_option("--token-key", flags.token_keys,
                  "PEM file of an Ed25519 public key that signs tokens; several for a change of keys")
      ->required()
      ->check(CLI::ExistingFile);
  serve.add_option("--issuer", flags.issuer, "the tokens' issuer (iss)")->capture_default_str();
  serve.add_option("--store", flags.store, "redis://HOST:PORT/PREFIX instead of the embedded store");
  serve.add_option("--clock-start", flags.clock_start,
                   "rehearse: the clock starts at this time (RFC 3339) and can be advanced");
  flags.seal.AddTo(serve);
}

int CheckProgrammes(const std::string& directory) {
  const absl::StatusOr<programme::Programmes> programmes = programme::LoadProgrammes(directory);
  if (!programmes.ok()) return Fail("jiebang check-programmes", programmes.status());
  for (const std::string& id : programmes->ids()) std::printf("%s: good\n", id.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  CLI::App app("Jiebang: smart-manufacturing programmes, from the notice to the announced list");
  app.require_subcommand(1);
  SuiteFlags flags;
  CLI::App& serve = *app.add_subcommand("serve", "runs the suite in this process");
  AddServe(serve, flags);
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
