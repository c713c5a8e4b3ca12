// Whether a policy can be meant. What is wrong here is wrong in the contract, and is found at the start of the server.
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/errors/error.h"
#include "common/policy/policy.h"
#include "common/policy/roles.h"
#include "common/status/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace jiebang::policy {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

absl::Status Senseless(const MethodDescriptor& method, std::string en, std::string zh) {
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "METHOD_POLICY_SENSELESS",
      .en = absl::StrCat(method.full_name(), ": ", en),
      .zh = absl::StrCat(method.full_name(), "：", zh),
      .metadata = {{"method", method.full_name()}},
  }
      .ToStatus();
}

bool IsKnown(int role) { return role != options::v1::ROLE_UNSPECIFIED && options::v1::Role_IsValid(role); }

bool AllowsOwners(const MethodPolicy& policy) {
  return absl::c_any_of(policy.roles(), [](int role) { return IsOwnersRole(static_cast<options::v1::Role>(role)); });
}

absl::Status CheckRoles(const MethodDescriptor& method, const MethodPolicy& policy) {
  if (policy.roles().empty()) return Senseless(method, "no role may call it", "没有任何角色可以调用");
  if (!absl::c_all_of(policy.roles(), IsKnown)) {
    return Senseless(method, "one of its roles is unspecified or unknown", "含有未指定或未知的角色");
  }
  return absl::OkStatus();
}

// The string field at the end of the path; nullptr: there is none.
const FieldDescriptor* StringAt(const Descriptor& request, const std::string& path) {
  const std::vector<std::string> names = absl::StrSplit(path, '.');
  const Descriptor* message = &request;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const FieldDescriptor* const field = message->FindFieldByName(names[i]);
    if (field == nullptr) return nullptr;
    if (i + 1 == names.size()) return field->type() == FieldDescriptor::TYPE_STRING ? field : nullptr;
    message = field->message_type();
    if (message == nullptr || field->is_repeated()) return nullptr;
  }
  return nullptr;
}

absl::Status CheckResource(const MethodDescriptor& method, const MethodPolicy& policy) {
  const Descriptor& request = *method.input_type();
  const bool remembers = HasSideEffects(method) && request.FindFieldByName("request_id") != nullptr;
  if (!policy.resource().empty()) {
    const FieldDescriptor* const field = StringAt(request, policy.resource());
    if (field != nullptr && field->is_repeated() && remembers) {
      return Senseless(method,
                       "its request carries a request_id, but names several resources, and its answer is kept with one",
                       "请求带有 request_id，却指明多个资源，而应答只存放于一处");
    }
    if (field != nullptr) return absl::OkStatus();
    return Senseless(method,
                     absl::StrCat("its resource ", policy.resource(), " is no string field of ", request.full_name()),
                     absl::StrCat("资源路径 ", policy.resource(), " 不是 ", request.full_name(), " 的字符串字段"));
  }
  if (AllowsOwners(policy) && !policy.resource_free()) {
    return Senseless(method, "owners may call it, but it names neither a resource nor is it resource_free",
                     "允许所有者角色调用，却既未指明资源，也未声明 resource_free");
  }
  if (remembers) {
    return Senseless(method, "its request carries a request_id, but no resource says where its answer is kept",
                     "请求带有 request_id，却没有资源说明应答存放之处");
  }
  return absl::OkStatus();
}

}  // namespace

bool HasSideEffects(const MethodDescriptor& method) {
  return method.options().idempotency_level() != google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

absl::StatusOr<const MethodPolicy*> PolicyOf(const MethodDescriptor& method) {
  if (!method.options().HasExtension(options::v1::policy)) {
    return Senseless(method, "it has no policy", "没有访问策略");
  }
  const MethodPolicy& policy = method.options().GetExtension(options::v1::policy);
  RETURN_IF_ERROR(CheckRoles(method, policy));
  RETURN_IF_ERROR(CheckResource(method, policy));
  return &policy;
}

}  // namespace jiebang::policy
