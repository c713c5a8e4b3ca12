// The sheets of the spreadsheet.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_XLSX_SHEETS_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_XLSX_SHEETS_H_

#include "services/maturity/report/contents.h"
#include "services/maturity/report/xlsx_workbook.h"

namespace jiebang::maturity::xlsx {

void WriteOverview(Workbook& workbook, const Contents& contents);
void WriteAnswers(Workbook& workbook, const Contents& contents);
void WriteScores(Workbook& workbook, const Contents& contents);
void WriteSteps(Workbook& workbook, const Contents& contents);

}  // namespace jiebang::maturity::xlsx

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_XLSX_SHEETS_H_
