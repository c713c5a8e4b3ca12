// The blocks of the first page that say how it went: the level, what is strong and weak, what the next level opens.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_FRONT_RESULT_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_FRONT_RESULT_H_

#include "services/maturity/report/contents.h"
#include "services/maturity/report/pdf_canvas.h"

namespace jiebang::maturity::pdf {

// Level and total, beside the previous ones and the verified ones.
void DrawResultCard(const Canvas& canvas, const Box& box, const Contents& contents);

// The three strongest and the three weakest subdomains, and the first conditions that the next level meets.
void DrawExtremes(const Canvas& canvas, const Box& box, const Contents& contents);

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_FRONT_RESULT_H_
