#include "services/gateway/gateway_flags.h"

#include <algorithm>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/gateway/repository/shared_nonces.h"

namespace jiebang::gateway {
namespace {

// The addresses, the first with the port that it is bound to.
std::string Bound(const std::vector<std::string>& addresses, int port) {
  std::vector<std::string> bound = addresses;
  std::string& first = bound.front();
  if (!absl::StartsWith(first, "unix:")) first = absl::StrCat(first.substr(0, first.rfind(':')), ":", port);
  return absl::StrJoin(bound, ", ");
}

}  // namespace

void GatewayFlags::AddTo(CLI::App& app) {
  app.add_option("--listen", listen, "host:port or unix:path for gRPC; port 0: any")->required();
  app.add_option("--http", http, "host:port or unix:path for HTTP/1.1 (Connect, REST, gRPC-Web); port 0: any");
  app.add_option("--http-threads", http_threads, "threads that move the bytes of HTTP/1.1")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--allow-origin", allowed_origins,
                 "origin whose web pages may call, e.g. https://portal.example; *: all; none: no pages of others");
  app.add_option("--loops", loops, "threads that run calls")->check(CLI::Range(1, 64))->capture_default_str();
  CLI::Option* const certificate =
      app.add_option(
             "--tls-cert", tls.certificate,
             "PEM file of the certificate and its chain: TLS on all ports but unix:; renewed files are taken up")
          ->check(CLI::ExistingFile);
  CLI::Option* const key =
      app.add_option("--tls-key", tls.key, "PEM file of its private key")->check(CLI::ExistingFile)->needs(certificate);
  certificate->needs(key);
  app.add_option("--tls-client-ca", tls.client_ca,
                 "PEM file of the authorities of clients' certificates, which are then asked for and not required")
      ->check(CLI::ExistingFile)
      ->needs(certificate);
  identity.AddTo(app);
  app.add_option("--rate", rates,
                 "ROLE=CALLS_A_SECOND:BURST of one caller, for reads, changes and decisions each, e.g. "
                 "ministry=2000:4000; may be given again");
  app.add_option("--failure-rate", failure_rate,
                 "CALLS_A_SECOND:BURST of credentials that do not hold, from one address; beyond it none is looked at")
      ->capture_default_str();
  const auto most = [&app](const char* flag, int& number, const char* description) {
    app.add_option(flag, number, description)->check(CLI::Range(1, 1'000'000))->capture_default_str();
  };
  most("--max-concurrency", admission.most_calls, "calls under way in all services");
  most("--max-service-concurrency", admission.of_one.most, "calls under way in one service");
  most("--target-latency-ms", target_latency_ms, "mean time of an answer that a service's concurrency is held at");
  most("--max-caller-concurrency", admission.most_calls_of_caller, "calls of one caller under way");
  most("--max-streams", admission.most_streams, "streams open");
  most("--max-caller-streams", admission.most_streams_of_caller, "streams of one caller open");
  most("--max-connection-calls", connections.most_calls, "calls at once on one gRPC connection");
}

std::string GatewayFlags::Announcement(const Gateway& gateway) const {
  std::string text = absl::StrCat("listening on ", Bound(listen, gateway.port()), "\n");
  if (!http.empty()) absl::StrAppend(&text, "listening on ", Bound(http, gateway.http_port()), " for HTTP\n");
  return text;
}

absl::StatusOr<std::unique_ptr<Gateway>> GatewayFlags::Start(std::vector<Backend> backends,
                                                             const token::PrincipalSeal& seal) const {
  ASSIGN_OR_RETURN(TrustSource trust, identity.Trust());
  GatewayOptions options{.addresses = listen,
                         .loops = loops,
                         .admission = admission,
                         .connections = connections,
                         .backends = std::move(backends),
                         .http_addresses = http,
                         .http_threads = http_threads,
                         .allowed_origins = allowed_origins,
                         .seal = &seal};
  if (!tls.certificate.empty()) options.tls = tls;
  for (const std::string& rate : rates) RETURN_IF_ERROR(options.admission.rates.Set(rate));
  ASSIGN_OR_RETURN(options.admission.failures, ParseRate(failure_rate));
  options.admission.of_one.target = absl::Milliseconds(target_latency_ms);
  options.admission.of_one.least = std::min(options.admission.of_one.least, options.admission.of_one.most);
  ASSIGN_OR_RETURN(options.token_signing_key, identity.TokenSigningKey());
  ASSIGN_OR_RETURN(options.trusted_proxies, TrustedProxies::Of(identity.trusted_proxies));
  if (!identity.nonce_store.empty()) {
    ASSIGN_OR_RETURN(options.nonces, OpenSharedNonces(identity.nonce_store));
  }
  return Gateway::Start(std::move(options), std::move(trust));
}

}  // namespace jiebang::gateway
