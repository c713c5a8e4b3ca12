// The publiclist service, put together.
#ifndef JIEBANG_SERVICES_PUBLICLIST_SERVICE_H_
#define JIEBANG_SERVICES_PUBLICLIST_SERVICE_H_

#include <memory>
#include <vector>

#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/client.h"
#include "common/rpc/service_methods.h"
#include "services/publiclist/handler/peers.h"

namespace jiebang::publiclist {

// Each outlives the service.
struct Dependencies {
  store::Store& store;
  const programme::Programmes& programmes;
  const PageTokens& page_tokens;
  const Clock& clock;
  rpc::Client& review;
  rpc::Client& quota;
};

class Service {
 public:
  explicit Service(Dependencies dependencies);
  // With other ways to the peers.
  Service(Dependencies dependencies, std::unique_ptr<ReviewPeer> review, std::unique_ptr<QuotaPeer> quota);
  ~Service();

  // Its two contracts: lists, journal. The handlers live as long as the service.
  std::vector<rpc::ServiceMethods> Methods();

  // What runs on the server's loop until it stops: the projection of honours, the journal of refusals.
  std::vector<Task<void>> Tasks();
  // The names of the projections that Tasks feeds with the journal.
  static std::vector<std::string> Projections();

 private:
  struct Handlers;
  store::Store& store_;
  std::unique_ptr<Handlers> handlers_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_SERVICE_H_
