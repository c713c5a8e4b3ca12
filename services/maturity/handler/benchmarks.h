// Assessments and figures beside those of peers, of which nobody is told with fewer than five others behind it.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_BENCHMARKS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_BENCHMARKS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/insight_service.pb.h"
#include "jiebang/maturity/v1/kpi_service.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/kpi_repository.h"
#include "services/maturity/repository/peer_repository.h"

namespace jiebang::maturity {

class Benchmarks {
 public:
  Benchmarks(const AssessmentRepository& assessments, const KpiRepository& kpis, const PeerRepository& peers,
             const Catalogue& catalogue)
      : assessments_(assessments), kpis_(kpis), peers_(peers), catalogue_(catalogue) {}

  Task<absl::StatusOr<v1::GetBenchmarkResponse>> Get(const rpc::Call& call, const v1::GetBenchmarkRequest& request);
  Task<absl::StatusOr<v1::ListReferenceLinesResponse>> ListReferences(const rpc::Call& call,
                                                                      const v1::ListReferenceLinesRequest& request);
  Task<absl::StatusOr<v1::GetKpiBenchmarkResponse>> GetKpis(const rpc::Call& call,
                                                            const v1::GetKpiBenchmarkRequest& request);

  void Register(rpc::ServiceMethods& insights, rpc::ServiceMethods& kpis);

 private:
  // The group without the applicant's own objects; nullopt: too few others.
  Task<absl::StatusOr<std::optional<v1::PeerCell>>> OthersIn(Comparison comparison, v1::PeerGroup group,
                                                             ApplicantName own) const;

  const AssessmentRepository& assessments_;
  const KpiRepository& kpis_;
  const PeerRepository& peers_;
  const Catalogue& catalogue_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_BENCHMARKS_H_
