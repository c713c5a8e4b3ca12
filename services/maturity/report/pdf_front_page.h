// The first page: what those who decide read.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_FRONT_PAGE_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_FRONT_PAGE_H_

#include "services/maturity/report/contents.h"
#include "services/maturity/report/pdf_pages.h"

namespace jiebang::maturity::pdf {

inline constexpr std::size_t kFrontSteps = 10;
inline constexpr int kFrontConditions = 2;

// Fills the page; what does not fit on it comes on later ones.
void DrawFrontPage(Pages& pages, const Contents& contents);

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_FRONT_PAGE_H_
