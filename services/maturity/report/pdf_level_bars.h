// The scores of the levels as bars, with the threshold across.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_LEVEL_BARS_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_LEVEL_BARS_H_

#include "services/maturity/report/contents.h"
#include "services/maturity/report/pdf_canvas.h"

namespace jiebang::maturity::pdf {

void DrawLevelBars(const Canvas& canvas, const Box& box, const Contents& contents);

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_LEVEL_BARS_H_
