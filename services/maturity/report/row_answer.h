// What one row of an answer sheet says.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_ROW_ANSWER_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_ROW_ANSWER_H_

#include <optional>

#include "absl/status/statusor.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/report/sheet_reader.h"

namespace jiebang::maturity {

// The answer, within the limits of v1.Answer; nullopt: the row has no degree, which leaves its item alone. Whether the
// model has the item and the assessment the attachment is not looked at. INVALID_ARGUMENT SHEET_ROW_INVALID, naming
// every cell that cannot be taken.
//
// Several pieces of evidence stand in one cell, a line each: the n-th title belongs to the n-th link. A link is an
// address or an attachment's name.
absl::StatusOr<std::optional<v1::Answer>> AnswerOf(const SheetRow& row);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_ROW_ANSWER_H_
