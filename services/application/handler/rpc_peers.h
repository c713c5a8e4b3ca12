// The peers over their public contracts.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_RPC_PEERS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_RPC_PEERS_H_

#include <optional>
#include <string>
#include <vector>

#include "common/rpc/client.h"
#include "services/application/handler/peers.h"

namespace jiebang::application {

class RpcMaturityPeer : public MaturityPeer {
 public:
  explicit RpcMaturityPeer(rpc::Client& client) : client_(client) {}

  Task<absl::StatusOr<MaturityAnswer>> Check(const rpc::Call& call, ApplicantName applicant,
                                             MaturityQuestion question) override;

 private:
  rpc::Client& client_;
};

class RpcHonourPeer : public HonourPeer {
 public:
  explicit RpcHonourPeer(rpc::Client& client) : client_(client) {}

  // Waits a moment for announcements that are just being counted in.
  Task<absl::StatusOr<std::vector<Honour>>> HonoursOf(const rpc::Call& call, ApplicantName applicant) override;

 private:
  struct Answer {
    std::vector<Honour> honours;
    std::int64_t announcements_behind = 0;
  };
  Task<absl::StatusOr<Answer>> Ask(const rpc::Call& call, ApplicantName applicant);

  rpc::Client& client_;
};

class RpcUnitPeer : public UnitPeer {
 public:
  explicit RpcUnitPeer(rpc::Client& client) : client_(client) {}

  Task<absl::StatusOr<std::optional<RoutedUnit>>> UnitFor(const rpc::Call& call, std::string programme,
                                                          std::string track, const v1::Applicant& applicant) override;

 private:
  rpc::Client& client_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_RPC_PEERS_H_
