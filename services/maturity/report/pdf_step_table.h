// Next steps, a row each.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_STEP_TABLE_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_STEP_TABLE_H_

#include <vector>

#include "services/maturity/report/contents.h"
#include "services/maturity/report/pdf_pages.h"

namespace jiebang::maturity::pdf {

// `steps` from `first` on, at most `count`, numbered on from there. On one page: requirements are cut to a line where
// the page has no room for more.
void DrawSteps(Pages& pages, const Contents& contents, const std::vector<Step>& steps, std::size_t first,
               std::size_t count, bool on_one_page);

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_STEP_TABLE_H_
