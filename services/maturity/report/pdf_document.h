// A report as a PDF, with what a test wants to know of it.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_DOCUMENT_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_DOCUMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/maturity/report/report.h"

namespace jiebang::maturity::pdf {

struct Document {
  std::string bytes;
  int page_count = 0;
  int missing_glyphs = 0;
};

// As RenderPdf.
absl::StatusOr<Document> Compose(const Report& report);

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_DOCUMENT_H_
