// How far up each subdomain reaches, as a radar.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_RADAR_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_RADAR_H_

#include "services/maturity/report/contents.h"
#include "services/maturity/report/pdf_canvas.h"

namespace jiebang::maturity::pdf {

// Fewer than three subdomains make no polygon and are drawn as spokes.
void DrawRadar(const Canvas& canvas, const Box& box, const Contents& contents);

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_RADAR_H_
