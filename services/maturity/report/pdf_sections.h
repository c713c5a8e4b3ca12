// What follows the first page.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_SECTIONS_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_SECTIONS_H_

#include "services/maturity/report/contents.h"
#include "services/maturity/report/pdf_pages.h"

namespace jiebang::maturity::pdf {

// The scores of every subdomain at every level.
void DrawScores(Pages& pages, const Contents& contents);

// The steps of the plan beyond those of the first page; nothing when they all stand there.
void DrawFurtherSteps(Pages& pages, const Contents& contents);

// The conditions that the next level meets, in full; nothing when there are none.
void DrawConditionList(Pages& pages, const Contents& contents);

// Every item with what was said of it.
void DrawItems(Pages& pages, const Contents& contents);

// What was left out, and why; nothing when nothing was.
void DrawTailoring(Pages& pages, const Contents& contents);

// How the figures came about, and what they are not.
void DrawRules(Pages& pages, const Contents& contents);

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_SECTIONS_H_
