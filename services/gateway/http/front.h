// What the HTTP port serves, by path: the methods of the suite in the protocols of this port, and fixed resources.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_FRONT_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_FRONT_H_

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/door/door.h"
#include "services/gateway/http/cors.h"
#include "services/gateway/http/resources.h"
#include "services/gateway/http/server/exchange.h"
#include "services/gateway/rest/rest_routes.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

class Front final : public http::Handler {
 public:
  // All outlive it.
  Front(const Routes& routes, const RestRoutes& rest_routes, Door& door, const Resources& resources,
        std::vector<std::string> allowed_origins)
      : routes_(routes),
        rest_routes_(rest_routes),
        door_(door),
        resources_(resources),
        cors_(std::move(allowed_origins)) {}

  Task<void> Serve(http::Exchange& exchange) override;
  http::Response ResponseTo(http::Fault fault) const override;

  // From now on calls are refused; resources still answer.
  void StopServing() { serving_ = false; }

 private:
  // What is answered in one piece, other than REST.
  Task<http::Response> Answer(http::Exchange& exchange);

  const Routes& routes_;
  const RestRoutes& rest_routes_;
  Door& door_;
  const Resources& resources_;
  const Cors cors_;
  std::atomic<bool> serving_ = true;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_FRONT_H_
