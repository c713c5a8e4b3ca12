#include "services/gateway/routing/routes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"

namespace jiebang::gateway {

absl::StatusOr<Routes> Routes::To(std::vector<Backend> backends) {
  Routes routes;
  std::vector<std::string> faults;
  for (const Backend& backend : backends) {
    const auto* const service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(backend.service);
    if (service == nullptr) {
      faults.push_back(absl::StrCat("no contract: ", backend.service));
      continue;
    }
    for (int i = 0; i < service->method_count(); ++i) {
      const google::protobuf::MethodDescriptor& method = *service->method(i);
      const absl::StatusOr<const policy::MethodPolicy*> policy = policy::PolicyOf(method);
      if (!policy.ok()) {
        faults.emplace_back(policy.status().message());
        continue;
      }
      const std::string path = absl::StrCat("/", backend.service, "/", method.name());
      routes.by_path_[path] = {.method = &method,
                               .path = path,
                               .policy = *policy,
                               .channel = backend.channel,
                               .client_streaming = method.client_streaming(),
                               .server_streaming = method.server_streaming()};
    }
  }
  if (!faults.empty()) return absl::FailedPreconditionError(absl::StrJoin(faults, "; "));
  routes.backends_ = std::move(backends);
  return routes;
}

const Route* Routes::Find(const std::string& path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : &found->second;
}

std::vector<const Route*> Routes::All() const {
  std::vector<const Route*> routes;
  for (const auto& [path, route] : by_path_) routes.push_back(&route);
  std::sort(routes.begin(), routes.end(), [](const Route* a, const Route* b) { return a->path < b->path; });
  return routes;
}

}  // namespace jiebang::gateway
