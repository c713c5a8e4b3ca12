// The answers of an assessment as they are kept.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWERS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWERS_H_

#include <string>
#include <vector>

#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// `saved` with those of `given` in the place of, or after, their own.
Answers Merged(Answers saved, const Answers& given);

// The items that count and have no answer, in the model's order.
std::vector<std::string> UnansweredItems(const Scope& scope, const AnswerSheet& sheet);

// INVALID_ARGUMENT ANSWERS_INVALID, naming each piece of evidence that says nowhere where it is, or whose attachment is
// not one of `assessment`, by its name. `parent` as in Scope::Of.
absl::Status CheckEvidence(const std::string& assessment, const Answers& answers, const std::string& parent);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWERS_H_
