// Requests of REST: a line `GET /v1/units?page_size=5`, then the body.
#include <memory>

#include "google/protobuf/message.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/gateway/rest/rest_routes.h"
#include "services/gateway/routing/routes.h"
#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

namespace {

using jiebang::gateway::RestRoutes;
using jiebang::gateway::Routes;

const RestRoutes& SuiteRoutes() {
  static const absl::StatusOr<Routes> routes =
      Routes::To({{"jiebang.application.v1.ApplicationService", nullptr}, {"jiebang.quota.v1.QuotaService", nullptr}});
  static const absl::StatusOr<RestRoutes> rest = RestRoutes::Of(*routes);
  return *rest;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  fuzz::Parts input(data, size);
  const std::string_view line = input.Line();
  const std::string_view http_method = line.substr(0, line.find(' '));
  const std::string_view target = line.substr(std::min(line.size(), http_method.size() + 1));
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view query = target.substr(std::min(target.size(), path.size() + 1));

  const auto match = SuiteRoutes().Match(http_method, path);
  if (!match.ok()) return 0;
  fuzz::Must(match->values.size() == match->rule->variables.size(), "each variable has its value");
  auto& messages = *google::protobuf::MessageFactory::generated_factory();
  const std::unique_ptr<google::protobuf::Message> request(
      messages.GetPrototype(match->route->method->input_type())->New());
  const absl::Status bound = gateway::Bind(*match, query, input.Rest(), *request);
  fuzz::Must(bound.ok() || absl::IsInvalidArgument(bound), "a request is bound or INVALID_ARGUMENT");
  return 0;
}
