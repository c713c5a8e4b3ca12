#include "services/application/handler/inquiry.h"

#include <utility>

#include "common/status/status_macros.h"

namespace jiebang::application {

Task<absl::StatusOr<Facts>> Inquiry::Complete(const rpc::Call& call, const v1::Application& application,
                                              const programme::Programme& programme, Facts facts) const {
  CO_ASSIGN_OR_RETURN(const ApplicantName applicant, ApplicantName::Parse(facts.applicant.name()));
  const FactsNeeded needed = NeededFacts(application, programme);
  CO_ASSIGN_OR_RETURN(facts.unit,
                      co_await peers_.units.UnitFor(call, programme.id(), application.track(), facts.applicant));
  if (needed.honours) {
    CO_ASSIGN_OR_RETURN(facts.honours, co_await peers_.honours.HonoursOf(call, applicant));
  }
  for (const MaturityQuestion& question : needed.maturity) {
    CO_ASSIGN_OR_RETURN(const MaturityAnswer answer, co_await peers_.maturity.Check(call, applicant, question));
    facts.maturity.emplace(question.rule, answer);
  }
  co_return facts;
}

}  // namespace jiebang::application
