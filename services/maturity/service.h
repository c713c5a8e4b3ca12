// The maturity service, put together.
#ifndef JIEBANG_SERVICES_MATURITY_SERVICE_H_
#define JIEBANG_SERVICES_MATURITY_SERVICE_H_

#include <memory>
#include <vector>

#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/page_token/page_token.h"
#include "common/rpc/service_methods.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// Each outlives the service.
struct Dependencies {
  store::Store& store;
  const ModelCatalogue& models;
  const PageTokens& page_tokens;
  const Clock& clock;
};

class Service {
 public:
  explicit Service(Dependencies dependencies);
  ~Service();

  // The handlers live as long as the service.
  rpc::ServiceMethods Methods();

  // What runs on the server's loop until it stops: nothing.
  std::vector<Task<void>> Tasks();

 private:
  struct Handlers;
  store::Store& store_;
  std::unique_ptr<Handlers> handlers_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_SERVICE_H_
