// Where each method of the suite goes, and who may call it: from the contracts, by the method's path.
#ifndef JIEBANG_SERVICES_GATEWAY_ROUTING_ROUTES_H_
#define JIEBANG_SERVICES_GATEWAY_ROUTING_ROUTES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "common/policy/policy.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/channel.h"

namespace jiebang::gateway {

// One service of the suite and where it runs.
struct Backend {
  std::string service;  // full name, e.g. "jiebang.quota.v1.QuotaService"
  std::shared_ptr<grpc::Channel> channel;
};

struct Route {
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string path;  // as gRPC and Connect spell it: "/jiebang.quota.v1.QuotaService/GetQuota"
  const policy::MethodPolicy* policy = nullptr;
  std::shared_ptr<grpc::Channel> channel;
  bool client_streaming = false;
  bool server_streaming = false;
};

class Routes {
 public:
  // FAILED_PRECONDITION naming every service that has no contract and every method that has no policy.
  static absl::StatusOr<Routes> To(std::vector<Backend> backends);

  // `path`: "/jiebang.quota.v1.QuotaService/GetQuota"; nullptr when there is no such method.
  const Route* Find(const std::string& path) const;

  // In the order of their paths.
  std::vector<const Route*> All() const;

  const std::vector<Backend>& backends() const { return backends_; }

 private:
  std::vector<Backend> backends_;
  absl::flat_hash_map<std::string, Route> by_path_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_ROUTING_ROUTES_H_
