// jiebangctl: the command line of those who run and integrate with a suite.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/token/bearer_token.h"
#include "common/token/keys.h"
#include "services/jiebangctl/audit_subcommand.h"
#include "services/jiebangctl/backup_flags.h"
#include "services/jiebangctl/proof_command.h"
#include "services/jiebangctl/token_command.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

int MakeKeys(token::KeyKind kind, const std::string& private_file, const std::string& public_file) {
  const token::SigningKey key = token::SigningKey::Generate(kind);
  absl::Status status = key.WritePemFile(private_file);
  if (status.ok()) status = key.verifying_key().WritePemFile(public_file);
  return status.ok() ? 0 : Fail("jiebangctl key", status);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Jiebang's command line");
  app.require_subcommand(1);

  std::string private_file;
  std::string public_file;
  CLI::App& key = *app.add_subcommand(
      "key", "makes a pair of keys: one signs tokens or seals journals, who verifies has the other");
  key.add_option("--private", private_file, "file to write the private key to (mode 0600)")->required();
  key.add_option("--public", public_file, "file to write the public key to")->required();

  std::string kind = "ed25519";
  key.add_option("--kind", kind, "ed25519 for tokens and seals; sm2 for seals alone")
      ->check(CLI::IsMember({"ed25519", "sm2"}))
      ->capture_default_str();

  ctl::TokenFlags flags;
  CLI::App& token = *app.add_subcommand("token", "makes a bearer token and prints it");
  token.add_option("--key", flags.key, "PEM file of the private key")->required()->check(CLI::ExistingFile);
  token.add_option("--issuer", flags.issuer, "the issuer (iss)")->capture_default_str();
  token.add_option("--hours", flags.hours, "how long it is valid")
      ->check(CLI::Range(1, 24 * 366))
      ->capture_default_str();
  token.add_flag("--batch", flags.batch,
                 "reads one JSON object of claims (sub, roles, uscc, unit, expert) a line, prints one token a line");
  token.add_option("--subject", flags.subject, "the caller's name in the audit trail");
  token.add_option("--role", flags.roles, "applicant, unit, expert, ministry, operator or auditor; several allowed");
  token.add_option("--uscc", flags.uscc, "of an applicant: its USCC");
  token.add_option("--unit", flags.unit, "of a unit: its id");
  token.add_option("--expert", flags.expert, "of an expert: the id");

  ctl::AssertionFlags assertion_flags;
  CLI::App& assertion = *app.add_subcommand(
      "assertion", "makes a client assertion, for which POST /oauth2/token gives a registered platform a token");
  assertion.add_option("--key", assertion_flags.key, "PEM file of the platform's private key")
      ->required()
      ->check(CLI::ExistingFile);
  assertion.add_option("--platform", assertion_flags.platform, "its id in the gateway's registry")->required();
  assertion.add_option("--audience", assertion_flags.audience, "the gateway's --token-endpoint")->capture_default_str();

  ctl::SigningFlags signing_flags;
  CLI::App& signing = *app.add_subcommand("sign-request", "prints the headers of a request that is signed as a whole");
  signing.add_option("--key-id", signing_flags.key_id, "the key's id in the gateway's registry")->required();
  signing.add_option("--secret", signing_flags.secret, "file of the shared secret")
      ->required()
      ->check(CLI::ExistingFile);
  signing.add_flag("--sm3", signing_flags.sm3, "HMAC-SM3 instead of HMAC-SHA256");
  signing.add_option("--verb", signing_flags.verb, "GET, POST, ...")->capture_default_str();
  signing.add_option("--target", signing_flags.target, "path and query as they are sent")->required();
  signing.add_option("--body", signing_flags.body, "file with the body as it is sent")->check(CLI::ExistingFile);
  signing.add_option("--on-behalf-of", signing_flags.on_behalf_of, "applicants/<unified social credit code>");
  signing.add_flag("--explain", signing_flags.explain, "prints the text that is signed instead");

  const ctl::BackupFlags backup(app);
  const ctl::AuditSubcommand audit(app);
  CLI11_PARSE(app, argc, argv);

  if (key.parsed()) {
    return MakeKeys(kind == "sm2" ? token::KeyKind::kSm2 : token::KeyKind::kEd25519, private_file, public_file);
  }
  absl::Status status;
  if (audit.parsed()) {
    status = audit.Run(std::cout);
  } else if (assertion.parsed()) {
    status = ctl::MakeAssertion(assertion_flags, absl::Now(), std::cout);
  } else if (signing.parsed()) {
    status = ctl::SignRequest(signing_flags, absl::Now(), std::cout);
  } else if (backup.parsed()) {
    status = backup.Run(absl::Now, std::cout);
  } else {
    status = ctl::MakeTokens(flags, absl::Now(), std::cin, std::cout);
  }
  return status.ok() ? 0 : Fail("jiebangctl", status);
}
