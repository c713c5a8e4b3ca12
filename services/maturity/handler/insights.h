// What an assessment tells its owner: where the score comes from, what to do next, and as a report.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_INSIGHTS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_INSIGHTS_H_

#include <atomic>
#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/async/thread_executor.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/insight_service.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/report/report.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/evidence_repository.h"
#include "services/maturity/repository/object_repository.h"

namespace jiebang::maturity {

class Insights {
 public:
  // `printer`: the thread that reports are drawn on.
  Insights(const AssessmentRepository& assessments, const EvidenceRepository& evidence, const ObjectRepository& objects,
           const Catalogue& catalogue, Executor& printer)
      : assessments_(assessments), evidence_(evidence), objects_(objects), catalogue_(catalogue), printer_(printer) {}

  Task<absl::StatusOr<v1::ExplainAssessmentResponse>> Explain(const rpc::Call& call,
                                                              const v1::ExplainAssessmentRequest& request);
  Task<absl::StatusOr<v1::DiagnoseAssessmentResponse>> Diagnose(const rpc::Call& call,
                                                                const v1::DiagnoseAssessmentRequest& request);
  Task<absl::StatusOr<v1::ExportAssessmentResponse>> Export(const rpc::Call& call,
                                                            const v1::ExportAssessmentRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  Task<absl::StatusOr<Report>> ReportOf(const rpc::Call& call, AssessmentName name) const;

  const AssessmentRepository& assessments_;
  const EvidenceRepository& evidence_;
  const ObjectRepository& objects_;
  const Catalogue& catalogue_;
  Executor& printer_;
  std::atomic<int> waiting_ = 0;  // reports that wait for the printer
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_INSIGHTS_H_
