// Why the maturity service refuses: one function a refusal, in both languages.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ERRORS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/errors/error.h"

namespace jiebang::maturity {

// The path of a field: FieldPath("assessment", "answers") is `assessment.answers`, FieldPath("", "answers") `answers`.
std::string FieldPath(const std::string& parent, const std::string& field);

namespace errors {

// NOT_FOUND.
absl::Status ModelNotFound(const std::string& model);
absl::Status AssessmentNotFound(const std::string& name);
absl::Status SectionNotFound(const std::string& name, const std::string& subdomain);
absl::Status NoEarlierAssessment(const std::string& object);

// ALREADY_EXISTS.
absl::Status AssessmentExists(const std::string& name);

// FAILED_PRECONDITION.
absl::Status AssessmentSubmitted(const std::string& name);
absl::Status AnswersMissing(const std::string& name, const std::vector<std::string>& items);
absl::Status AssessmentNotSubmitted(const std::string& name);
absl::Status ModelsMixed(const std::string& asked, const std::string& earlier, const std::string& its_model);
absl::Status TypesMixed(const std::string& earlier);
absl::Status ObjectsMixed(const std::string& earlier, const std::string& its_object);

// RESOURCE_EXHAUSTED.
absl::Status AssessmentTooLarge(const std::string& name, std::size_t most);

// ABORTED.
absl::Status EtagMismatch(const std::string& name, const std::string& given, const std::string& present);
absl::Status ConcurrentChange(const std::string& name);

// INVALID_ARGUMENT.
absl::Status ModelMissing(const std::string& field);
absl::Status ManufacturingTypeUnknown(const std::string& field);
absl::Status TailoringInvalid(std::vector<FieldViolation> violations);
absl::Status AnswersInvalid(std::vector<FieldViolation> violations);
absl::Status DegreesMalformed(std::size_t at);
absl::Status DegreesOfWrongLength(std::size_t given, std::size_t wanted);
absl::Status AnswersGivenTwice();

// What can be wrong with one element of a tailoring.
FieldViolation SubdomainUnknown(std::string field, const std::string& id);
FieldViolation SubdomainTwice(std::string field, const std::string& id);
FieldViolation SubdomainMandatory(std::string field, const std::string& title_zh, const std::string& id);

// What can be wrong with one answer.
FieldViolation ItemUnknown(std::string field, const std::string& item);
FieldViolation ItemTwice(std::string field, const std::string& item);
FieldViolation DegreeUnknown(std::string field);
FieldViolation ItemOfAnotherSection(std::string field, const std::string& item, const std::string& subdomain);
FieldViolation EvidenceNowhere(std::string field);
FieldViolation AttachmentOfAnother(std::string field, const std::string& attachment);
FieldViolation AttachmentMissing(std::string field, const std::string& attachment);

}  // namespace errors
}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ERRORS_H_
