// What the rows of an answer sheet do to a draft: each by itself.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_IMPORTED_SHEET_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_IMPORTED_SHEET_H_

#include <string>
#include <vector>

#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/maturity_model.h"
#include "services/maturity/report/sheet_reader.h"

namespace jiebang::maturity {

struct ImportedSheet {
  std::vector<v1::ImportedRow> rows;  // one for each row that was read
  Answers answers;                    // of the rows that are good
  std::vector<int> row_of_answer;     // the place in `rows` of each answer

  // Takes the answer back, because of `error`.
  void Refuse(int answer, const absl::Status& error);
};

// Where a row stands, for what is said of it; numbered as a spreadsheet does, the header being 1.
std::string PathOfRow(int row);

// Rows whose item is unknown, of another type or named before, and cells that cannot be read, are refused. Whether
// attachments are there is left to the caller.
ImportedSheet ImportInto(const v1::Assessment& draft, const MaturityModel& model, const std::vector<SheetRow>& rows);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_IMPORTED_SHEET_H_
