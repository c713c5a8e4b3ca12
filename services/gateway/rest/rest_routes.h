// The REST surface: which method a request of HTTP means, by the google.api.http rules of the contracts.
#ifndef JIEBANG_SERVICES_GATEWAY_REST_REST_ROUTES_H_
#define JIEBANG_SERVICES_GATEWAY_REST_REST_ROUTES_H_

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/gateway/rest/path_trie.h"
#include "services/gateway/rest/rest_rule.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// The reason of a refusal that is answered with 405, and its metadata that names the HTTP methods that a path has, as
// the header Allow does: "GET, PATCH".
inline constexpr char kMethodNotAllowed[] = "METHOD_NOT_ALLOWED";
inline constexpr char kAllow[] = "allow";

// Valid as long as the RestRoutes that it is from.
struct RestMatch {
  const Route* route = nullptr;
  const RestRule* rule = nullptr;
  std::vector<std::string> values;  // of the rule's variables, decoded
};

// Thread-safe.
class RestRoutes {
 public:
  // `routes` outlives it and stays where it is. FAILED_PRECONDITION naming every method that has no rule or a faulty
  // one, and every two whose rules match the same path.
  static absl::StatusOr<RestRoutes> Of(const Routes& routes);

  // `path`: as in the request line, percent-encoded, without the query. A colon in its last segment begins a custom
  // verb; one that belongs to an id is written %3A. NOT_FOUND PATH_UNKNOWN; UNIMPLEMENTED METHOD_NOT_ALLOWED, whose
  // metadata `allow` names those that are; INVALID_ARGUMENT PATH_MALFORMED.
  absl::StatusOr<RestMatch> Match(std::string_view http_method, std::string_view path) const;

 private:
  std::deque<RestRule> rules_;  // where they are, they stay: the trie points to them
  std::map<const google::protobuf::MethodDescriptor*, const Route*> routes_;
  PathTrie trie_;
};

// Fills `request`, an empty message of the route's type, from the three places where REST has a request:
//  - the path; what the body says of the same field must be the same (PATH_BODY_CONFLICT);
//  - the query, "page_size=5&unit.displayName=%E4%B8%AD": paths to fields in either spelling, lists by repetition;
//  - the body, a JSON object; an empty one is as good as {}.
// A PATCH whose request has an `update_mask` that nobody set changes the fields that the body sets, be it to null or to
// their default (AIP-134), other than those that no update changes: `etag` and what the contract calls output only,
// immutable or an identifier.
//
// INVALID_ARGUMENT naming the field: the errors of FromJson, QUERY_MALFORMED, QUERY_PARAMETER_UNKNOWN,
// QUERY_PARAMETER_REPEATED, PATH_BODY_CONFLICT, BODY_UNWANTED.
absl::Status Bind(const RestMatch& match, std::string_view query, std::string_view body,
                  google::protobuf::Message& request);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_REST_ROUTES_H_
