// Reads the answer sheet that an enterprise filled in, in whatever its spreadsheet program made of it.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_SHEET_READER_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_SHEET_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jiebang::maturity {

inline constexpr int kMaxSheetRows = 1000;
inline constexpr int kMaxCellBytes = 16 << 10;

// One row, its cells as they were found but for an apostrophe that keeps a spreadsheet from computing them
// (formula_guard.h). A column that the sheet does not have is empty.
struct SheetRow {
  int row = 0;  // as a spreadsheet counts, the header being 1
  std::string item;
  std::string degree;
  std::string note;
  std::string evidence_title;
  std::string evidence_link;
  std::string evidence_degree;
};

// The rows that are not blank, in order. Comma, semicolon or tab; UTF-8, UTF-16 with a byte order mark, GB 18030;
// columns in any order, named in Chinese, English or both (sheet_columns.h). INVALID_ARGUMENT SHEET_UNREADABLE.
absl::StatusOr<std::vector<SheetRow>> ReadAnswerSheet(std::string_view bytes);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_SHEET_READER_H_
