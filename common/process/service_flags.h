// The flags that every service's binary has, and what comes of them.
#ifndef JIEBANG_COMMON_PROCESS_SERVICE_FLAGS_H_
#define JIEBANG_COMMON_PROCESS_SERVICE_FLAGS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/process/process.h"
#include "common/process/sealing.h"
#include "common/programme/programme.h"
#include "common/rpc/server.h"
#include "common/store/store.h"

namespace CLI {
class App;
}  // namespace CLI

namespace jiebang {

struct ServiceFlags {
  std::string service;                   // which it is, e.g. `quota`
  std::vector<std::string> projections;  // that it feeds with its journal
  std::vector<std::string> listen;
  int loops = 1;
  std::string store;
  std::string programmes;
  std::string secret;
  std::string clock_start;
  SealFlags seal;

  void AddTo(CLI::App& app);
};

// What a service runs on.
struct ServiceProcess {
  Secrets secrets;
  ProcessClock clock;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<seal::Sealer> sealer;  // of the journal; none where the process has no key for it
  programme::Programmes programmes;

  static absl::StatusOr<ServiceProcess> From(const ServiceFlags& flags);

  // Serves until SIGTERM or SIGINT, then drains.
  absl::Status Serve(const ServiceFlags& flags, std::vector<rpc::ServiceMethods> methods,
                     std::vector<Task<void>> tasks) const;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_PROCESS_SERVICE_FLAGS_H_
