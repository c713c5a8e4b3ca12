// What is assessed, and what its assessments come to over time and over the sites of a group.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_OBJECTS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_OBJECTS_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/object_service.pb.h"
#include "services/maturity/domain/site_roll_up.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/evidence_repository.h"
#include "services/maturity/repository/object_repository.h"
#include "services/maturity/repository/peer_repository.h"

namespace jiebang::maturity {

class Objects {
 public:
  Objects(const ObjectRepository& objects, const AssessmentRepository& assessments, const EvidenceRepository& evidence,
          const PeerRepository& peers, const Catalogue& catalogue, const PageTokens& page_tokens)
      : objects_(objects),
        assessments_(assessments),
        evidence_(evidence),
        peers_(peers),
        catalogue_(catalogue),
        page_tokens_(page_tokens) {}

  Task<absl::StatusOr<v1::CreateObjectResponse>> Create(const rpc::Call& call, const v1::CreateObjectRequest& request);
  Task<absl::StatusOr<v1::GetObjectResponse>> Get(const rpc::Call& call, const v1::GetObjectRequest& request);
  Task<absl::StatusOr<v1::ListObjectsResponse>> List(const rpc::Call& call, const v1::ListObjectsRequest& request);
  Task<absl::StatusOr<v1::UpdateObjectResponse>> Update(const rpc::Call& call, const v1::UpdateObjectRequest& request);
  Task<absl::StatusOr<v1::GetTrendResponse>> Trend(const rpc::Call& call, const v1::GetTrendRequest& request);
  Task<absl::StatusOr<v1::RollUpResponse>> RollUp(const rpc::Call& call, const v1::RollUpRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The group's own objects, and those of others that name it as their group now.
  Task<absl::StatusOr<std::vector<v1::AssessmentObject>>> SitesOf(const ApplicantName& group) const;

  const ObjectRepository& objects_;
  const AssessmentRepository& assessments_;
  const EvidenceRepository& evidence_;
  const PeerRepository& peers_;
  const Catalogue& catalogue_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_OBJECTS_H_
