// What the gateway refuses itself, brought to the journals of the services that were called: the gateway has none.
#ifndef JIEBANG_SERVICES_GATEWAY_AUDIT_REFUSAL_SENDER_H_
#define JIEBANG_SERVICES_GATEWAY_AUDIT_REFUSAL_SENDER_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/async/task.h"
#include "common/journal/refusal_collector.h"
#include "common/rpc/client.h"
#include "common/rpc/refusal_log.h"
#include "common/token/principal_seal.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// Add from any thread; Run on one loop.
class RefusalSender {
 public:
  // `seal` outlives it. A backend without a JournalService has no journal: what is refused in its name is not recorded.
  RefusalSender(const std::vector<Backend>& backends, const token::PrincipalSeal& seal);
  ~RefusalSender();

  void Add(const rpc::RefusedCall& call);

  // Sends what was added, twice a second, until the home executor stops. What a backend does not take is counted from
  // then on, so that its journal tells at least how much it misses when it is back.
  Task<void> Run();

 private:
  struct Journal;

  Task<void> SendAll(journal::RefusalCollector::Counts counts);
  // False: the backend is away.
  Task<bool> Send(Journal& target, const std::vector<journal::v1::Event>& refusals);

  std::map<std::string, std::unique_ptr<Journal>> journals_;  // by the package of the backend's contracts
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_AUDIT_REFUSAL_SENDER_H_
