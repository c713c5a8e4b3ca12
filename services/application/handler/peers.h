// The other services as this one asks them, in the words of its domain. Each answers UNAVAILABLE PEER_UNAVAILABLE when
// it cannot be asked.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_PEERS_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_PEERS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/facts.h"

namespace jiebang::application {

class MaturityPeer {
 public:
  virtual ~MaturityPeer() = default;

  virtual Task<absl::StatusOr<MaturityAnswer>> Check(const rpc::Call& call, ApplicantName applicant,
                                                     MaturityQuestion question) = 0;
};

class HonourPeer {
 public:
  virtual ~HonourPeer() = default;

  // All of them. UNAVAILABLE HONOURS_INCOMPLETE while announced lists are not counted in yet.
  virtual Task<absl::StatusOr<std::vector<Honour>>> HonoursOf(const rpc::Call& call, ApplicantName applicant) = 0;
};

class UnitPeer {
 public:
  virtual ~UnitPeer() = default;

  // Through which unit the applicant applies in a track; nullopt where the programme has none for it.
  virtual Task<absl::StatusOr<std::optional<RoutedUnit>>> UnitFor(const rpc::Call& call, std::string programme,
                                                                  std::string track,
                                                                  const v1::Applicant& applicant) = 0;
};

struct Peers {
  MaturityPeer& maturity;
  HonourPeer& honours;
  UnitPeer& units;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_PEERS_H_
