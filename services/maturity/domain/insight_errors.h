// Why objects, attachments, diagnoses, verifications and indicators are refused.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_INSIGHT_ERRORS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_INSIGHT_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/errors/error.h"

namespace jiebang::maturity::errors {

// NOT_FOUND.
absl::Status ObjectNotFound(const std::string& name);
absl::Status AttachmentNotFound(const std::string& name);
absl::Status VerificationNotFound(const std::string& name);
absl::Status KpiReportNotFound(const std::string& name);
absl::Status IndicatorListNotFound(const std::string& name);

// ALREADY_EXISTS.
absl::Status ObjectExists(const std::string& name);
absl::Status AttachmentExists(const std::string& name);
absl::Status KpiReportExists(const std::string& name);

// RESOURCE_EXHAUSTED.
absl::Status ObjectsFull(const std::string& applicant, int most);
absl::Status AttachmentsFull(const std::string& assessment, int most);

absl::Status PrinterBusy();

// FAILED_PRECONDITION.
absl::Status DiagnosisNeedsStopRule(const std::string& model);
absl::Status VerificationStarted(const std::string& name);
absl::Status VerificationCompleted(const std::string& name);
absl::Status IndicatorListsMixed(const std::string& name, const std::string& its_list);

// INVALID_ARGUMENT.
absl::Status ObjectMissing();
absl::Status ObjectOfAnother(const std::string& object);
absl::Status ObjectIncomplete(std::vector<FieldViolation> violations);
absl::Status AttachmentTypeWrong(const std::string& media_type);
absl::Status EffortsInvalid(std::vector<FieldViolation> violations);
absl::Status FindingsInvalid(std::vector<FieldViolation> violations);
absl::Status KpiInvalid(std::vector<FieldViolation> violations);
absl::Status FormatMissing();

// What can be wrong with one finding.
FieldViolation ItemDoesNotCount(std::string field, const std::string& item);
FieldViolation DifferenceUnexplained(std::string field);

// What can be wrong with one figure.
FieldViolation IndicatorUnknown(std::string field, const std::string& indicator);
FieldViolation IndicatorTwice(std::string field, const std::string& indicator);
FieldViolation FigureMalformed(std::string field, const std::string& value);
FieldViolation FigureImplausible(std::string field, const std::string& value, const std::string& least,
                                 const std::string& most);
FieldViolation YearToCome(std::string field, int year);

}  // namespace jiebang::maturity::errors

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_INSIGHT_ERRORS_H_
