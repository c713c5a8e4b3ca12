// Why an answer sheet, or a row of it, is refused: one function a refusal, in both languages.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_SHEET_ERRORS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_SHEET_ERRORS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace jiebang::maturity::errors {

// INVALID_ARGUMENT SHEET_UNREADABLE: nothing of the sheet can be used. A column is named as its header names it.
absl::Status SheetEmpty();
absl::Status SheetIsWorkbook();
absl::Status SheetEncodingUnknown();
absl::Status SheetColumnsMissing(const std::vector<std::string>& columns);
absl::Status SheetColumnTwice(const std::string& column);
absl::Status SheetQuoteOpen();
absl::Status SheetTooLong(int most_rows);
absl::Status SheetCellTooLong(int row, const std::string& column, int most_bytes);

// What is wrong with one cell, in both languages.
struct CellFault {
  std::string column;
  std::string en;
  std::string zh;
};

CellFault CellMissing(std::string column);
CellFault CellUnknown(std::string column, const std::string& given, const std::string& wanted);
CellFault CellTooLong(std::string column, std::size_t characters, std::size_t most);
CellFault CellMalformed(std::string column, const std::string& pattern);
CellFault CellControlCharacter(std::string column);
CellFault CellTooManyLines(std::string column, std::size_t lines, std::size_t most);
CellFault CellOfNoItem(std::string column, const std::string& item);
CellFault CellRepeated(std::string column, const std::string& item);
CellFault CellWithout(std::string column, const std::string& other, std::size_t line);

// INVALID_ARGUMENT SHEET_ROW_INVALID, with every fault: the row cannot be taken, others can.
absl::Status SheetRowInvalid(int row, const std::vector<CellFault>& faults);

}  // namespace jiebang::maturity::errors

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_SHEET_ERRORS_H_
