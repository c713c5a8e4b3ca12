#include "services/application/handler/examination.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/application/domain/violations.h"

namespace jiebang::application {

Task<absl::StatusOr<Findings>> Examination::Examine(const rpc::Call& call, const v1::Application& application,
                                                    v1::Applicant applicant, const programme::Programme& programme,
                                                    ApplicationName name) const {
  Findings findings;
  Facts known;
  known.applicant = std::move(applicant);
  if (NeededFacts(application, programme).others) {
    CO_ASSIGN_OR_RETURN(OnFile on_file, co_await repository_.OthersOnFile(name));
    known.others = std::move(on_file.applications);
    findings.on_file_version = on_file.version;
  }
  CO_ASSIGN_OR_RETURN(findings.facts, co_await inquiry_.Complete(call, application, programme, std::move(known)));
  findings.violations = Violations(application, findings.facts, programme, call.now());
  co_return findings;
}

}  // namespace jiebang::application
