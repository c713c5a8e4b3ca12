#include "services/jiebang/suite.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/journal/audited_store.h"
#include "common/process/process.h"
#include "common/programme/loader.h"
#include "common/rehearsal/rehearsal_service.h"
#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/status/status_macros.h"
#include "common/store/open.h"
#include "services/application/service.h"
#include "services/maturity/domain/model_loader.h"
#include "services/maturity/service.h"
#include "services/publiclist/service.h"
#include "services/quota/service.h"
#include "services/review/service.h"

namespace jiebang {
namespace {

constexpr const char* kServices[] = {"application", "maturity", "publiclist", "quota", "review"};

using Stores = std::map<std::string, std::unique_ptr<store::Store>>;
using Sealers = std::vector<std::unique_ptr<seal::Sealer>>;

std::vector<std::string> ProjectionsOf(const std::string& service) {
  if (service == "maturity") return maturity::Service::Projections();
  if (service == "publiclist") return publiclist::Service::Projections();
  return {};
}

// Each service has a store of its own: nobody writes another's records.
absl::StatusOr<Stores> OpenStores(const SuiteFlags& flags, const StoreOpener& open, const Clock& clock) {
  std::optional<store::Location> suite;
  if (!flags.store.empty()) {
    ASSIGN_OR_RETURN(suite, store::ParseLocation(flags.store));
    if (!std::holds_alternative<store::RedisLocation>(*suite)) {
      return absl::InvalidArgumentError("--store: want a Redis; the embedded store is in --data");
    }
  }
  Stores stores;
  for (const char* const service : kServices) {
    const store::Location location =
        suite ? store::Location(store::LocationOf(std::get<store::RedisLocation>(*suite), service))
              : store::SqliteLocation{absl::StrCat(flags.data, "/", service, ".db")};
    ASSIGN_OR_RETURN(std::unique_ptr<store::Store> opened, open(location));
    stores[service] = std::make_unique<journal::AuditedStore>(std::move(opened), clock);
  }
  return stores;
}

absl::StatusOr<token::SigningKey> SealKey(const SuiteFlags& flags) {
  if (!flags.seal.key_file.empty()) return token::SigningKey::OfAnyKindFromPemFile(flags.seal.key_file);
  const std::filesystem::path data(flags.data);
  return ReadOrCreateSealKey(data / "seal-key.pem", data / "seal-public.pem");
}

absl::StatusOr<Sealers> NewSealers(const SuiteFlags& flags, const Stores& stores, const Clock& clock) {
  ASSIGN_OR_RETURN(const token::SigningKey key, SealKey(flags));
  Sealers sealers;
  for (const auto& [service, store] : stores) {
    ASSIGN_OR_RETURN(sealers.emplace_back(), NewSealer(service, *store, clock, key, flags.seal));
  }
  return sealers;
}

// What each service calls the others with.
struct Peers {
  explicit Peers(const token::PrincipalSeal& seal)
      : application("application", seal),
        publiclist("publiclist", seal),
        quota("quota", seal),
        review("review", seal) {}

  void Connect(const std::shared_ptr<grpc::Channel>& channel) {
    for (rpc::Client* const client : {&application, &publiclist, &quota, &review}) client->Connect(channel);
  }

  // Named for who calls: in one process all services are behind one channel.
  rpc::Client application;
  rpc::Client publiclist;
  rpc::Client quota;
  rpc::Client review;
};

}  // namespace

absl::Status ServeSuite(const SuiteFlags& flags) {
  return ServeSuite(flags, [](const store::Location& location) { return store::Open(location); });
}

absl::Status ServeSuite(const SuiteFlags& flags, const StoreOpener& open) {
  std::error_code made;
  std::filesystem::create_directories(flags.data, made);
  ASSIGN_OR_RETURN(const Secrets secrets, Secrets::FromFile(std::filesystem::path(flags.data) / "secret"));
  ASSIGN_OR_RETURN(const ProcessClock clock, ProcessClock::StartingAt(flags.clock_start));
  ASSIGN_OR_RETURN(const programme::Programmes programmes, programme::LoadProgrammes(flags.programmes));
  ASSIGN_OR_RETURN(const maturity::ModelCatalogue models, maturity::LoadModels(flags.models));
  ASSIGN_OR_RETURN(const maturity::ReferenceLines references, maturity::LoadReferencesOf(flags.models));
  ASSIGN_OR_RETURN(const Stores stores, OpenStores(flags, open, *clock.clock));
  ASSIGN_OR_RETURN(const Sealers sealers, NewSealers(flags, stores, *clock.clock));
  Peers peers(secrets.seal);
  ASSIGN_OR_RETURN(const std::unique_ptr<quota::WebhookProcess> webhooks,
                   quota::WebhookProcess::From(flags.webhooks, secrets.webhook_key));
  const Clock& time = *clock.clock;
  const PageTokens& page_tokens = secrets.page_tokens;

  application::Service application({.store = *stores.at("application"),
                                    .programmes = programmes,
                                    .page_tokens = page_tokens,
                                    .clock = time,
                                    .quota = peers.application,
                                    .maturity = peers.application,
                                    .publiclist = peers.application});
  quota::Service quota({.store = *stores.at("quota"),
                        .programmes = programmes,
                        .page_tokens = page_tokens,
                        .clock = time,
                        .application = peers.quota,
                        .reached = KillPoint(),
                        .webhooks = &webhooks->means()});
  review::Service review({.store = *stores.at("review"),
                          .programmes = programmes,
                          .page_tokens = page_tokens,
                          .clock = time,
                          .quota = peers.review,
                          .application = peers.review});
  maturity::Service maturity({.store = *stores.at("maturity"),
                              .models = models,
                              .programmes = programmes,
                              .references = references,
                              .page_tokens = page_tokens,
                              .clock = time});
  publiclist::Service publiclist({.store = *stores.at("publiclist"),
                                  .programmes = programmes,
                                  .page_tokens = page_tokens,
                                  .clock = time,
                                  .review = peers.publiclist,
                                  .quota = peers.publiclist});

  std::vector<rpc::ServiceMethods> methods;
  const auto add = [&methods](std::vector<rpc::ServiceMethods> contracts) {
    std::move(contracts.begin(), contracts.end(), std::back_inserter(methods));
  };
  add(application.Methods());
  add(quota.Methods());
  add(review.Methods());
  add(maturity.Methods());
  add(publiclist.Methods());
  std::unique_ptr<RehearsalService> rehearsal;
  if (clock.rehearsal != nullptr) {
    rehearsal = std::make_unique<RehearsalService>(*clock.rehearsal);
    methods.push_back(rehearsal->Methods());
  }
  std::vector<std::string> names;
  for (const rpc::ServiceMethods& service : methods) names.push_back(service.full_name());

  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Server> server,
                   rpc::Server::Start({.clock = &time, .seal = &secrets.seal}, std::move(methods)));
  const std::shared_ptr<grpc::Channel> channel = server->InProcessChannel();
  peers.Connect(channel);
  std::vector<gateway::Backend> backends;
  for (const std::string& name : names) backends.push_back({name, channel});
  absl::StatusOr<std::unique_ptr<gateway::Gateway>> gateway = flags.gateway.Start(std::move(backends), secrets.seal);
  if (!gateway.ok()) {
    server->Shutdown(absl::ZeroDuration());
    return gateway.status();
  }
  const auto start = [&server](std::vector<Task<void>> tasks) {
    for (Task<void>& task : tasks) server->StartTask(std::move(task));
  };
  start(application.Tasks());
  start(quota.Tasks());
  start(review.Tasks());
  start(maturity.Tasks());
  start(publiclist.Tasks());
  for (const std::unique_ptr<seal::Sealer>& sealer : sealers) server->StartTask(sealer->Run());
  for (const auto& [service, store] : stores) {
    server->StartTask(KeepCompacted(*store, time, flags.seal, ProjectionsOf(service)));
  }
  // With port 0 the caller learns here which one it became.
  std::fputs(flags.gateway.Announcement(**gateway).c_str(), stdout);
  std::fflush(stdout);
  WaitForSignal();
  (*gateway)->Shutdown(kDrainGrace);
  server->Shutdown(kDrainGrace);
  return absl::OkStatus();
}

}  // namespace jiebang
