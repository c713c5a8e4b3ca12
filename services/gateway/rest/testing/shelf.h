// The routes of the tests' own contract.
#ifndef JIEBANG_SERVICES_GATEWAY_REST_TESTING_SHELF_H_
#define JIEBANG_SERVICES_GATEWAY_REST_TESTING_SHELF_H_

#include "absl/status/statusor.h"
#include "common/status/status_macros.h"
#include "services/gateway/rest/rest_routes.h"
#include "services/gateway/rest/testing/shelf.pb.h"

namespace jiebang::gateway {

class Shelf {
 public:
  absl::StatusOr<RestMatch> Match(std::string_view http_method, std::string_view path) const {
    return rest_->Match(http_method, path);
  }

  // The message that a request of HTTP becomes.
  template <class Request>
  absl::StatusOr<Request> Bound(std::string_view http_method, std::string_view path, std::string_view query = "",
                                std::string_view body = "") const {
    ASSIGN_OR_RETURN(const RestMatch match, Match(http_method, path));
    Request request;
    RETURN_IF_ERROR(Bind(match, query, body, request));
    return request;
  }

 private:
  const absl::StatusOr<Routes> routes_ = Routes::To({{"jiebang.shelf.v1.ShelfService", nullptr}});
  const absl::StatusOr<RestRoutes> rest_ = RestRoutes::Of(*routes_);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_TESTING_SHELF_H_
