#include "services/quota/webhook_flags.h"

#include <utility>

#include "CLI/CLI.hpp"
#include "common/status/status_macros.h"

namespace jiebang::quota {

void WebhookFlags::AddTo(CLI::App& app) {
  app.add_option("--webhook-allow", allow,
                 "a network that webhooks may reach beside the public internet, e.g. 10.20.0.0/16, there by plain http "
                 "and on any port, too; may be given several times");
  app.add_option("--webhook-ca", ca_file,
                 "PEM file with the authorities that webhooks' certificates are held against; without it: the system's")
      ->check(CLI::ExistingFile);
  app.add_option(
         "--webhook-retry-seconds", retry_seconds,
         "pauses between the attempts to deliver an event, after the last of which it is a dead letter; without "
         "it: 5,30,120,600,3600,10800,21600,43200")
      ->delimiter(',')
      ->check(CLI::PositiveNumber);
}

WebhookProcess::WebhookProcess(std::unique_ptr<http::Client> client, std::string key, bool allows_plain,
                               RetrySchedule retries)
    : client_(std::move(client)),
      means_{.client = *client_,
             .wall = wall_,
             .key = std::move(key),
             .allows_plain = allows_plain,
             .retries = std::move(retries)} {}

absl::StatusOr<std::unique_ptr<WebhookProcess>> WebhookProcess::From(const WebhookFlags& flags, std::string key) {
  ASSIGN_OR_RETURN(http::AddressGuard guard, http::AddressGuard::Allowing(flags.allow));
  const bool allows_plain = guard.names_any();
  ASSIGN_OR_RETURN(std::unique_ptr<http::Client> client,
                   http::Client::Start({.guard = std::move(guard), .ca_file = flags.ca_file}));
  std::vector<absl::Duration> pauses;
  for (const double seconds : flags.retry_seconds) pauses.push_back(absl::Seconds(seconds));
  RetrySchedule retries = pauses.empty() ? RetrySchedule::Usual() : RetrySchedule(std::move(pauses));
  return std::unique_ptr<WebhookProcess>(
      new WebhookProcess(std::move(client), std::move(key), allows_plain, std::move(retries)));
}

}  // namespace jiebang::quota
