// What this service asks of the application service.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_APPLICATION_PEER_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_APPLICATION_PEER_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/client.h"
#include "jiebang/application/v1/application.pb.h"

namespace jiebang::review {

class ApplicationPeer {
 public:
  virtual ~ApplicationPeer() = default;

  // A filed revision of the application. UNAVAILABLE MATERIAL_UNAVAILABLE.
  virtual Task<absl::StatusOr<application::v1::Revision>> GetRevision(const rpc::Call& call, std::string application,
                                                                      int revision) = 0;
};

// The peer at the other end of a connection.
class ApplicationOverRpc : public ApplicationPeer {
 public:
  explicit ApplicationOverRpc(const rpc::Client& client) : client_(client) {}

  Task<absl::StatusOr<application::v1::Revision>> GetRevision(const rpc::Call& call, std::string application,
                                                              int revision) override;

 private:
  const rpc::Client& client_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_APPLICATION_PEER_H_
