#include "services/jiebang/serve_flags.h"

namespace jiebang {

void AddServeFlags(CLI::App& serve, SuiteFlags& flags) {
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
  flags.gateway.AddTo(serve);
  serve.add_option(
      "--store", flags.store,
      "a Redis instead of the embedded store: redis://HOST:PORT/PREFIX, or one behind Sentinel or in a Cluster; "
      "docs/durability.md says what each promises");
  serve.add_option("--clock-start", flags.clock_start,
                   "rehearse: the clock starts at this time (RFC 3339) and can be advanced");
  flags.seal.AddTo(serve);
  flags.webhooks.AddTo(serve);
}

}  // namespace jiebang
