// The answers of an assessment.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWERS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWERS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

using Answers = google::protobuf::RepeatedPtrField<v1::Answer>;

// What a degree is worth in tenths: 0, 5, 8 or 10 (GB/T 39117-2020, scoring of requirements). nullopt: no such degree.
std::optional<int> TenthsOf(v1::Answer::Degree degree);

// INVALID_ARGUMENT ANSWERS_INVALID, naming every answer whose item is not of this model and type or answered twice, or
// whose degree is none. Items of what is tailored out may be answered; they do not count. `parent` as in Scope::Of.
absl::Status CheckAnswers(const MaturityModel& model, v1::ManufacturingType type, const Answers& answers,
                          const std::string& parent);

// `saved` with those of `given` in the place of, or after, their own.
Answers Merged(Answers saved, const Answers& given);

// The items that count and have no answer, in the model's order.
std::vector<std::string> UnansweredItems(const Scope& scope, const Answers& answers);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ANSWERS_H_
