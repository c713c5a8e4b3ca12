// The load: one asynchronous client that keeps a number of calls, or of messages on streams, in flight for a time and
// says how many were answered and how fast, as one line of JSON. The same program drives the suite and the yardsticks,
// with requests of the same size.
#include "tests/bench/load.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/rpc/metadata.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/model_loader.h"
#include "tests/bench/answer_sheets.h"

namespace jiebang::bench {

void Credentials::AddTo(grpc::ClientContext& context) const {
  if (!sealed.empty()) context.AddMetadata(rpc::kPrincipalMetadata, sealed);
  if (!token.empty()) context.AddMetadata(rpc::kAuthorizationMetadata, "Bearer " + token);
}

}  // namespace jiebang::bench

namespace {

using namespace jiebang;  // NOLINT: a program's main file
using bench::LoadFlags;
using bench::Measured;

// Enough that a server's caches cannot hold an answer for each.
constexpr int kSheets = 256;

absl::StatusOr<bench::Credentials> CredentialsFor(const LoadFlags& flags) {
  bench::Credentials credentials{.token = flags.token};
  if (flags.secret.empty()) return credentials;
  ASSIGN_OR_RETURN(const Secrets secrets, Secrets::FromFile(flags.secret));
  identity::v1::Principal principal;
  principal.set_subject("bench");
  principal.add_roles(options::v1::ROLE_MINISTRY);
  principal.set_expire_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(24)));
  credentials.sealed = secrets.seal.Seal(principal);
  return credentials;
}

absl::StatusOr<Measured> Run(const LoadFlags& flags) {
  ASSIGN_OR_RETURN(const bench::Credentials credentials, CredentialsFor(flags));
  const bool is_bare = flags.call.starts_with("bare-stream");
  if (!is_bare && !flags.call.starts_with("batch")) return LoadCalls(flags, credentials);
  ASSIGN_OR_RETURN(const maturity::ModelCatalogue models, maturity::LoadModels(flags.models));
  const bench::AnswerSheets sheets = bench::InventSheets(*models.Find(bench::kModel), kSheets);
  return LoadStreams(flags, credentials,
                     is_bare ? "/jiebang.bench.Bare/Stream" : "/jiebang.maturity.v1.MaturityService/EvaluateBatch",
                     flags.call.ends_with("-compact") ? sheets.compact : sheets.by_item);
}

void Print(const LoadFlags& flags, Measured& measured) {
  std::vector<double>& microseconds = measured.microseconds;
  std::sort(microseconds.begin(), microseconds.end());
  const auto at = [&](double share) {
    return microseconds.empty() ? 0.0 : microseconds[static_cast<std::size_t>(share * (microseconds.size() - 1))];
  };
  std::printf(
      "{\"calls\": %zu, \"per_second\": %.0f, \"p50_us\": %.0f, \"p99_us\": %.0f, \"errors\": %d, \"begun\": %d, "
      "\"answer_bytes\": %zu}\n",
      microseconds.size(), microseconds.size() / flags.seconds, at(0.5), at(0.99), measured.errors, measured.begun,
      measured.answer_bytes);
}

}  // namespace

int main(int argc, char** argv) {
  SkipLockOrderChecks();
  CLI::App app("the load of the bench");
  LoadFlags flags;
  app.add_option("--target", flags.target)->required();
  app.add_option("--call", flags.call,
                 "bare, read, write, benchmark; as streams batch and batch-compact (EvaluateBatch), and the same bytes "
                 "to a bare stream: bare-stream, bare-stream-compact")
      ->check(CLI::IsMember(
          {"bare", "read", "write", "benchmark", "batch", "batch-compact", "bare-stream", "bare-stream-compact"}));
  app.add_option("--in-flight", flags.in_flight, "calls, or messages of each stream");
  app.add_option("--streams", flags.streams);
  app.add_option("--seconds", flags.seconds);
  app.add_option("--warm-up", flags.warm_up_seconds);
  app.add_option("--secret", flags.secret, "calls as the gateway would, straight to a service");
  app.add_option("--token", flags.token, "calls with a bearer token");
  app.add_option("--first", flags.first, "number of the first applicant");
  app.add_option("--models", flags.models, "directory of the maturity models, for streams");
  app.add_option("--name", flags.name, "of the assessment, for benchmark");
  app.add_option("--dimension", flags.dimensions, "of the peers, for benchmark; may be given again");
  CLI11_PARSE(app, argc, argv);
  absl::StatusOr<Measured> measured = Run(flags);
  if (!measured.ok()) return Fail("load", measured.status());
  Print(flags, *measured);
  if (measured->errors > 0) {
    std::fprintf(stderr, "load: %d errors, the first: %s\n", measured->errors, measured->first_error.c_str());
  }
  return measured->errors == 0 ? 0 : 1;
}
