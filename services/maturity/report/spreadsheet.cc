// The spreadsheet (report.h).
#include "absl/strings/str_cat.h"
#include "services/maturity/report/contents.h"
#include "services/maturity/report/report.h"
#include "services/maturity/report/xlsx_sheets.h"
#include "services/maturity/report/xlsx_workbook.h"

namespace jiebang::maturity {

absl::StatusOr<std::string> RenderSpreadsheet(const Report& report) {
  const Contents contents(report);
  xlsx::Workbook workbook(absl::StrCat("智能制造能力成熟度自评估 ", report.object.title()), report.generated);
  if (!workbook.is_open()) return absl::InternalError("no place in memory for the spreadsheet");
  xlsx::WriteOverview(workbook, contents);
  xlsx::WriteAnswers(workbook, contents);
  xlsx::WriteScores(workbook, contents);
  xlsx::WriteSteps(workbook, contents);
  return workbook.Finish();
}

}  // namespace jiebang::maturity
