// Keeps the gateway's trust up to date.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_KEEPER_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_KEEPER_H_

#include <functional>
#include <memory>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/gateway/identity/trust.h"
#include "services/gateway/identity/trust_source.h"

namespace jiebang::gateway {

// A thread that looks at the files again and again: reading them blocks, and a revocation waits for no busy loop.
class TrustKeeper {
 public:
  using Take = std::function<void(const std::shared_ptr<const Trust>&)>;

  // `take` is called on the thread with every new trust.
  TrustKeeper(TrustSource source, Take take, absl::Duration period = absl::Seconds(1));
  ~TrustKeeper();

 private:
  void Run();

  TrustSource source_;
  const Take take_;
  const absl::Duration period_;
  absl::Notification stop_;
  std::thread thread_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_KEEPER_H_
