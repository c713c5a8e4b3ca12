#include "common/policy/policy.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/errors/error.h"
#include "common/policy/roles.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/reflection.h"

namespace jiebang::policy {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using options::v1::Role;

// "unit, ministry": the roles as a caller's token spells them.
std::string Names(const google::protobuf::RepeatedField<int>& roles) {
  return absl::StrJoin(roles, ", ", [](std::string* out, int role) {
    const std::string name = options::v1::Role_Name(static_cast<Role>(role));
    absl::StrAppend(out, absl::AsciiStrToLower(absl::StripPrefix(name, "ROLE_")));
  });
}

absl::Status CredentialsMissing(const MethodPolicy& policy) {
  return Refusal{
      .code = absl::StatusCode::kUnauthenticated,
      .reason = "CREDENTIALS_MISSING",
      .en = "This call needs a bearer token or a client certificate.",
      .zh = "此调用需要令牌或客户端证书",
      .metadata = {{"roles", Names(policy.roles())}},
  }
      .ToStatus();
}

absl::Status RoleNotAllowed(const MethodPolicy& policy) {
  const std::string roles = Names(policy.roles());
  return Refusal{
      .code = absl::StatusCode::kPermissionDenied,
      .reason = "ROLE_NOT_ALLOWED",
      .en = absl::StrCat("Only these roles may call this: ", roles, "."),
      .zh = absl::StrCat("仅下列角色可以调用：", roles),
      .metadata = {{"roles", roles}},
  }
      .ToStatus();
}

absl::Status NotOwner(const MethodPolicy& policy, const std::string& resource) {
  return Refusal{
      .code = absl::StatusCode::kPermissionDenied,
      .reason = "NOT_OWNER",
      .en = absl::StrCat("The caller does not own what ", policy.resource(), " names."),
      .zh = absl::StrCat("调用者不是 ", policy.resource(), " 所指资源的所有者"),
      .metadata = {{"resource", resource}},
  }
      .ToStatus();
}

bool Lists(const google::protobuf::RepeatedField<int>& roles, Role role) { return absl::c_linear_search(roles, role); }

bool OwnsBy(std::string_view resource, std::string_view collection, std::string_view own_id) {
  return IsResourceId(own_id) && IdIn(resource, collection) == own_id;
}

bool OwnsAs(Role role, const Principal& principal, std::string_view resource) {
  switch (role) {
    case options::v1::ROLE_APPLICANT:
      return OwnsBy(resource, "applicants", principal.uscc());
    case options::v1::ROLE_UNIT:
      return OwnsBy(resource, "units", principal.unit());
    case options::v1::ROLE_EXPERT:
      return OwnsBy(resource, "experts", principal.expert());
    case options::v1::ROLE_MINISTRY:
    case options::v1::ROLE_OPERATOR:
    case options::v1::ROLE_AUDITOR:
    case options::v1::ROLE_SERVICE:
      return true;
    default:  // what we do not know owns nothing
      return false;
  }
}

// The values of the field that the policy names: one, as many as it has where it is repeated, or none.
std::vector<std::string> ResourcesOf(const MethodPolicy& policy, const Message& request) {
  const Message* message = &request;
  const std::vector<std::string> path = absl::StrSplit(policy.resource(), '.');
  for (const std::string& name : path) {
    const bool is_last = &name == &path.back();
    const FieldDescriptor* const field = message->GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) return {};
    const google::protobuf::Reflection& reflection = *message->GetReflection();
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      if (!is_last) return {};
      if (!field->is_repeated()) return {reflection.GetString(*message, field)};
      const auto& values = reflection.GetRepeatedFieldRef<std::string>(*message, field);
      return {values.begin(), values.end()};
    }
    if (field->is_repeated() || field->type() != FieldDescriptor::TYPE_MESSAGE) return {};
    if (!reflection.HasField(*message, field)) return {};
    message = &reflection.GetMessage(*message, field);
  }
  return {};
}

}  // namespace

absl::Status AuthoriseMethod(const MethodPolicy& policy, const Principal& principal) {
  if (Lists(policy.roles(), options::v1::ROLE_PUBLIC)) return absl::OkStatus();
  if (principal.roles().empty()) return CredentialsMissing(policy);
  for (const int role : principal.roles()) {
    if (Lists(policy.roles(), static_cast<Role>(role))) return absl::OkStatus();
  }
  return RoleNotAllowed(policy);
}

absl::Status AuthoriseResource(const MethodPolicy& policy, const Principal& principal, const Message& request) {
  RETURN_IF_ERROR(AuthoriseMethod(policy, principal));
  if (policy.resource_free() || Lists(policy.roles(), options::v1::ROLE_PUBLIC)) return absl::OkStatus();
  const auto may_act_on = [&](const std::string& resource) {
    return absl::c_any_of(principal.roles(), [&](int number) {
      const Role role = static_cast<Role>(number);
      return Lists(policy.roles(), role) && OwnsAs(role, principal, resource);
    });
  };
  std::vector<std::string> resources = ResourcesOf(policy, request);
  if (resources.empty()) resources.emplace_back();  // which no owner owns
  const auto foreign = absl::c_find_if_not(resources, may_act_on);
  return foreign == resources.end() ? absl::OkStatus() : NotOwner(policy, *foreign);
}

bool Owns(const Principal& principal, std::string_view resource) {
  return absl::c_any_of(principal.roles(),
                        [&](int role) { return OwnsAs(static_cast<Role>(role), principal, resource); });
}

std::string ResourceOf(const MethodPolicy& policy, const Message& request) {
  const std::vector<std::string> resources = ResourcesOf(policy, request);
  return resources.empty() ? "" : resources.front();
}

bool HasRole(const Principal& principal, Role role) { return Lists(principal.roles(), role); }

}  // namespace jiebang::policy
