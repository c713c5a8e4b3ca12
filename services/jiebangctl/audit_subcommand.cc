#include "services/jiebangctl/audit_subcommand.h"

#include "common/store/store.h"

namespace jiebang::ctl {

AuditSubcommand::AuditSubcommand(CLI::App& app)
    : audit_(*app.add_subcommand("audit", "holds sealed journals against their heads and the records")) {
  audit_.require_subcommand(1);
  CLI::App& verify = *audit_.add_subcommand("verify", "offline: from a back-up and the public keys alone");
  verify.add_option("--backup", flags_.backup, "the back-up")->required()->check(CLI::ExistingFile);
  verify
      .add_option("--public-key", flags_.public_keys,
                  "PEM file of a key that may have signed heads; several after a change of keys")
      ->required()
      ->check(CLI::ExistingFile);
  verify
      .add_option("--head", flags_.known_heads,
                  "file with a head that was kept elsewhere: the answer of GetJournalHead as JSON; several allowed")
      ->check(CLI::ExistingFile);
  verify.add_option("--service", flags_.service, "this service alone");
  CLI::Option* const shard = verify.add_option("--shard", flags_.shard, "shows entries of this shard")
                                 ->check(CLI::Range(0, store::kShards - 1));
  verify.add_option("--from", flags_.from, "the first entry to show")->needs(shard)->check(CLI::PositiveNumber);
  CLI::Option* const to =
      verify.add_option("--to", flags_.to, "the last entry to show")->needs(shard)->check(CLI::PositiveNumber);
  shard->needs(to);
}

}  // namespace jiebang::ctl
