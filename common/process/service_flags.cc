#include "common/process/service_flags.h"

#include <cstdio>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/str_join.h"
#include "common/journal/audited_store.h"
#include "common/programme/loader.h"
#include "common/status/status_macros.h"
#include "common/store/open.h"

namespace jiebang {

namespace {

absl::StatusOr<std::unique_ptr<seal::Sealer>> SealerOf(const ServiceFlags& flags, store::Store& store,
                                                       const Clock& clock) {
  if (flags.seal.key_file.empty()) {
    std::fprintf(stderr, "%s: without --seal-key this process does not seal the journal\n", flags.service.c_str());
    return nullptr;
  }
  ASSIGN_OR_RETURN(token::SigningKey key, token::SigningKey::OfAnyKindFromPemFile(flags.seal.key_file));
  return NewSealer(flags.service, store, clock, std::move(key), flags.seal);
}

}  // namespace

void ServiceFlags::AddTo(CLI::App& app) {
  app.add_option("--listen", listen, "host:port or unix:path; plaintext, for the suite's own network")->required();
  app.add_option("--loops", loops, "threads that run calls")->check(CLI::Range(1, 64))->capture_default_str();
  app.add_option("--store", store,
                 "sqlite:FILE, redis://HOST:PORT/PREFIX, redis+sentinel://H:P,.../PREFIX?master=NAME or "
                 "redis+cluster://H:P,.../PREFIX; docs/durability.md says what each promises")
      ->required();
  app.add_option("--programmes", programmes, "directory of the programme files")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("--secret", secret, "file with the secret that all processes of the suite share; made when absent")
      ->required();
  app.add_option("--clock-start", clock_start, "rehearse: the clock starts at this time (RFC 3339)");
  seal.AddTo(app);
}

absl::StatusOr<ServiceProcess> ServiceProcess::From(const ServiceFlags& flags) {
  ASSIGN_OR_RETURN(Secrets secrets, Secrets::FromFile(flags.secret));
  ASSIGN_OR_RETURN(ProcessClock clock, ProcessClock::StartingAt(flags.clock_start));
  ASSIGN_OR_RETURN(programme::Programmes programmes, programme::LoadProgrammes(flags.programmes));
  ASSIGN_OR_RETURN(std::unique_ptr<store::Store> opened, store::Open(flags.store));
  auto store = std::make_unique<journal::AuditedStore>(std::move(opened), *clock.clock);
  ASSIGN_OR_RETURN(std::unique_ptr<seal::Sealer> sealer, SealerOf(flags, *store, *clock.clock));
  return ServiceProcess{std::move(secrets), std::move(clock), std::move(store), std::move(sealer),
                        std::move(programmes)};
}

absl::Status ServiceProcess::Serve(const ServiceFlags& flags, std::vector<rpc::ServiceMethods> methods,
                                   std::vector<Task<void>> tasks) const {
  ASSIGN_OR_RETURN(
      const std::unique_ptr<rpc::Server> server,
      rpc::Server::Start(
          {.addresses = flags.listen, .loops = flags.loops, .clock = clock.clock.get(), .seal = &secrets.seal},
          std::move(methods)));
  for (Task<void>& task : tasks) server->StartTask(std::move(task));
  if (sealer != nullptr) server->StartTask(sealer->Run());
  server->StartTask(KeepCompacted(*store, *clock.clock, flags.seal, flags.projections));
  std::printf("listening on %s\n", absl::StrJoin(flags.listen, ", ").c_str());
  std::fflush(stdout);
  WaitForSignal();
  server->Shutdown(kDrainGrace);
  return absl::OkStatus();
}

}  // namespace jiebang
