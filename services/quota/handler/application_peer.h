// The service `application` as this one asks it.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_APPLICATION_PEER_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_APPLICATION_PEER_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/client.h"
#include "jiebang/application/v1/application.pb.h"
#include "jiebang/quota/v1/intention.pb.h"

namespace jiebang::quota {

// Errors are the other service's own; see its contract. `call`: on whose behalf; nullptr: this service by itself.
class ApplicationPeer {
 public:
  virtual ~ApplicationPeer() = default;

  virtual Task<absl::StatusOr<application::v1::Application>> Get(const rpc::Call& call, std::string application) = 0;

  // Does what the step says, once.
  virtual Task<absl::Status> Take(const rpc::Call* call, const v1::Intention& step) = 0;
};

class RpcApplicationPeer : public ApplicationPeer {
 public:
  // `client` outlives this.
  explicit RpcApplicationPeer(rpc::Client& client) : client_(client) {}

  Task<absl::StatusOr<application::v1::Application>> Get(const rpc::Call& call, std::string application) override;
  Task<absl::Status> Take(const rpc::Call* call, const v1::Intention& step) override;

 private:
  template <class Response>
  Task<absl::StatusOr<Response>> Ask(const rpc::Call* call, std::string method,
                                     const google::protobuf::Message& request);

  rpc::Client& client_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_APPLICATION_PEER_H_
