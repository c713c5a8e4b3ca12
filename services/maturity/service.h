// The maturity service, put together.
#ifndef JIEBANG_SERVICES_MATURITY_SERVICE_H_
#define JIEBANG_SERVICES_MATURITY_SERVICE_H_

#include <memory>
#include <vector>

#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/service_methods.h"
#include "services/maturity/domain/maturity_model.h"
#include "services/maturity/domain/references.h"

namespace jiebang::maturity {

// Each outlives the service.
struct Dependencies {
  store::Store& store;
  const ModelCatalogue& models;
  const programme::Programmes& programmes;
  const ReferenceLines& references;
  const PageTokens& page_tokens;
  const Clock& clock;
};

class Service {
 public:
  explicit Service(Dependencies dependencies);
  ~Service();

  // Its five contracts: assessments, objects, insights, indicators, journal. The handlers live as long as the service.
  std::vector<rpc::ServiceMethods> Methods();

  // What runs on the server's loop until it stops: the projection of peers, the journal of refusals.
  std::vector<Task<void>> Tasks();
  // The names of the projections that Tasks feeds with the journal.
  static std::vector<std::string> Projections();

 private:
  struct Handlers;
  store::Store& store_;
  std::unique_ptr<Handlers> handlers_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_SERVICE_H_
