// All services and the gateway in one process, over in-process channels and the embedded store.
#ifndef JIEBANG_SERVICES_JIEBANG_SUITE_H_
#define JIEBANG_SERVICES_JIEBANG_SUITE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/process/sealing.h"
#include "common/store/location.h"
#include "common/store/store.h"
#include "services/gateway/gateway_flags.h"
#include "services/quota/webhook_flags.h"

namespace jiebang {

struct SuiteFlags {
  bool all = false;  // which services: all, so far
  std::string data;  // directory for the stores and the secret
  std::string programmes;
  std::string models;
  gateway::GatewayFlags gateway;
  std::string store;        // empty: SQLite in `data`; else redis://HOST:PORT/PREFIX, each service below the prefix
  std::string clock_start;  // empty: the system's clock
  SealFlags seal;           // without a key: that in `data`, which is made when absent
  quota::WebhookFlags webhooks;
};

// Opens a store as store::Open does.
using StoreOpener = std::function<absl::StatusOr<std::unique_ptr<store::Store>>(const store::Location& location)>;

// Serves until SIGTERM or SIGINT, then drains. Says "listening on ..." on standard output when it is ready.
absl::Status ServeSuite(const SuiteFlags& flags);

// The same on stores of the caller's making: for suites that are to fail in a known way.
absl::Status ServeSuite(const SuiteFlags& flags, const StoreOpener& open);

}  // namespace jiebang

#endif  // JIEBANG_SERVICES_JIEBANG_SUITE_H_
