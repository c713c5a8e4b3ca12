#include "services/gateway/identity/identity_flags.h"

#include <utility>

#include "CLI/CLI.hpp"
#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::gateway {
namespace {

absl::StatusOr<TrustFiles::Issuer> ParseIssuer(const std::string& flag) {
  const std::size_t mark = flag.rfind('=');
  if (mark == std::string::npos || mark == 0 || mark + 1 == flag.size()) {
    return absl::InvalidArgumentError(absl::StrCat("--jwks ", flag, ": want ISSUER=FILE"));
  }
  return TrustFiles::Issuer{flag.substr(0, mark), flag.substr(mark + 1)};
}

std::shared_ptr<const token::KeySet> KeySetOf(const std::vector<token::VerifyingKey>& keys) {
  std::vector<token::NamedKey> named;
  for (const token::VerifyingKey& key : keys) named.push_back({key.kid(), key});
  return std::make_shared<const token::KeySet>(std::move(named));
}

}  // namespace

void IdentityFlags::AddTo(CLI::App& app) {
  app.add_option("--token-key", token_keys,
                 "PEM file of an Ed25519 public key that signs tokens of --issuer; several for a change of keys")
      ->check(CLI::ExistingFile);
  app.add_option("--issuer", issuer, "the issuer (iss) of tokens that --token-key signs")->capture_default_str();
  app.add_option(
      "--jwks", jwks,
      "ISSUER=FILE: believe tokens of this issuer that are signed by a key in this JSON Web Key Set; read anew "
      "when it changes; several allowed");
  app.add_option("--clock-skew", clock_skew_seconds, "seconds that an issuer's clock may be off")
      ->check(CLI::Range(0, 300))
      ->capture_default_str();
  app.add_option("--longest-token", longest_token_hours, "hours that a token may be valid for")
      ->check(CLI::Range(1, 366 * 24))
      ->capture_default_str();
  app.add_option(
      "--registry", registry,
      "file of the registered platforms and of what is revoked (docs/identity.md); read anew when it changes");
  app.add_option("--token-signing-key", token_signing_key,
                 "PEM file of an Ed25519 private key; with it POST /oauth2/token gives tokens to registered platforms")
      ->check(CLI::ExistingFile);
  app.add_option(
         "--token-endpoint", token_endpoint,
         "the URL of /oauth2/token as platforms call it: the audience of their assertions, the issuer of its tokens")
      ->capture_default_str();
  app.add_option("--trusted-proxy", trusted_proxies,
                 "address or range (10.0.0.0/8, or unix) whose x-forwarded-for and x-client-cert are believed; several "
                 "allowed");
  app.add_option(
      "--nonce-store", nonce_store,
      "redis://HOST:PORT/PREFIX that remembers the nonces of signed requests for several gateways; without it "
      "each remembers its own");
}

absl::StatusOr<std::optional<token::SigningKey>> IdentityFlags::TokenSigningKey() const {
  if (token_signing_key.empty()) return std::nullopt;
  return token::SigningKey::FromPemFile(token_signing_key);
}

absl::StatusOr<TrustSource> IdentityFlags::Trust() const {
  TrustFiles files{
      .registry = registry,
      .limits = {.skew = absl::Seconds(clock_skew_seconds), .longest_life = absl::Hours(longest_token_hours)}};
  if (token_keys.empty() && jwks.empty() && registry.empty()) {
    return absl::InvalidArgumentError("nobody would be believed; give --token-key, --jwks or --registry");
  }
  std::vector<token::VerifyingKey> keys;
  for (const std::string& file : token_keys) {
    ASSIGN_OR_RETURN(token::VerifyingKey key, token::VerifyingKey::FromPemFile(file));
    keys.push_back(std::move(key));
  }
  if (!keys.empty()) files.fixed_issuers.push_back({issuer, KeySetOf(keys)});
  for (const std::string& flag : jwks) {
    ASSIGN_OR_RETURN(files.issuers.emplace_back(), ParseIssuer(flag));
  }
  ASSIGN_OR_RETURN(const std::optional<token::SigningKey> own, TokenSigningKey());
  if (own) {
    const auto is_own = [&](const auto& other) { return other.issuer == token_endpoint; };
    if (absl::c_any_of(files.fixed_issuers, is_own) || absl::c_any_of(files.issuers, is_own)) {
      return absl::InvalidArgumentError("--token-endpoint is the name of another issuer");
    }
    files.own_issuer = token_endpoint;
    files.fixed_issuers.push_back({token_endpoint, KeySetOf({own->verifying_key()}), /*names_roles=*/false});
  }
  return TrustSource::Of(std::move(files));
}

}  // namespace jiebang::gateway
