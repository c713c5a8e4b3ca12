// Who may call what (protos/jiebang/options/v1/policy.proto). The gateway asks AuthoriseMethod, the service asks both:
// the same code.
#ifndef JIEBANG_COMMON_POLICY_POLICY_H_
#define JIEBANG_COMMON_POLICY_POLICY_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "jiebang/identity/v1/principal.pb.h"
#include "jiebang/options/v1/policy.pb.h"

namespace google::protobuf {
class Message;
class MethodDescriptor;
}  // namespace google::protobuf

namespace jiebang::policy {

using Principal = jiebang::identity::v1::Principal;
using MethodPolicy = jiebang::options::v1::MethodPolicy;

// The method's policy; lives as long as the descriptor. FAILED_PRECONDITION METHOD_POLICY_SENSELESS, naming the method,
// when it has none or one that cannot be meant: no role or an unknown one; an owner's role (applicant, unit, expert)
// with neither a resource nor resource_free; a resource that is no path to a string, or to a repeated string at the
// path's end, of the request; or not exactly one resource though the method has side effects and its request carries a
// request_id, because the memory of answers stands in the partition of the resource. Asked at start, for every method.
absl::StatusOr<const MethodPolicy*> PolicyOf(const google::protobuf::MethodDescriptor& method);

// Whether a call of the method may change something: unless its contract says NO_SIDE_EFFECTS.
bool HasSideEffects(const google::protobuf::MethodDescriptor& method);

// May the principal call at all? Nobody's principal has no roles: UNAUTHENTICATED CREDENTIALS_MISSING; otherwise,
// without a role of the policy, PERMISSION_DENIED ROLE_NOT_ALLOWED.
absl::Status AuthoriseMethod(const MethodPolicy& policy, const Principal& principal);

// May the principal act on what the request names? AuthoriseMethod's errors, and PERMISSION_DENIED NOT_OWNER when each
// of its roles that may call is an owner's and none owns the resource: each resource, where the request names several.
// A policy that is resource_free asks for no owner.
absl::Status AuthoriseResource(const MethodPolicy& policy, const Principal& principal,
                               const google::protobuf::Message& request);

// True when one of the principal's roles owns `resource`. An owner owns what bears its id in its own collection,
// exactly; the wildcard `-`, an empty id and a name that can be read in two ways have no owner. The ministry,
// operators, auditors and services own everything.
bool Owns(const Principal& principal, std::string_view resource);

// The value of the request field that the policy names, the first one where it is repeated; "" when it is unset or the
// policy names none.
std::string ResourceOf(const MethodPolicy& policy, const google::protobuf::Message& request);

bool HasRole(const Principal& principal, jiebang::options::v1::Role role);

}  // namespace jiebang::policy

#endif  // JIEBANG_COMMON_POLICY_POLICY_H_
