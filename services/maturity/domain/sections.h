// The sections of a draft: one for each subdomain that counts, so that several people can answer at once.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_SECTIONS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_SECTIONS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// The sections that the scope has now, in the model's order, with their counts; those that were there keep their
// versions. One that comes back after it was tailored out does not begin with a version that it had before.
void RefreshSections(const Scope& scope, const AnswerSheet& sheet, absl::Time now, v1::Assessment& draft);

// Gives these sections, as far as they are there, a new version.
void MarkSaved(const std::set<std::string>& subdomains, const Act& act, v1::Assessment& draft);

// INVALID_ARGUMENT ANSWERS_INVALID, naming each answer whose item is of another subdomain.
absl::Status CheckAnswersOfSection(const MaturityModel& model, const std::string& subdomain, const Answers& answers);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_SECTIONS_H_
