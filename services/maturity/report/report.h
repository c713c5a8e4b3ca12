// An assessment as people take it away: a report to read (PDF), a spreadsheet to count with (Office Open XML), and the
// answer sheet to fill in and give back (CSV). Pure: the same report is the same bytes.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_REPORT_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_REPORT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "jiebang/maturity/v1/diagnosis.pb.h"
#include "jiebang/maturity/v1/object.pb.h"
#include "jiebang/maturity/v1/roll_up.pb.h"
#include "jiebang/maturity/v1/verification.pb.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// All that a report is made of.
struct Report {
  // The one that `assessment.model()` names. Required.
  std::shared_ptr<const MaturityModel> model;

  // With its answers, its tailoring and its `result`; a draft is marked as such. Answers to what the model does not
  // know are left out.
  v1::Assessment assessment;

  // The object as it stood at submission; of a draft, as it stands now.
  v1::AssessmentObject object;

  // Towards the next level, with the answers as they are. Empty: nothing is said of next steps.
  v1::Diagnosis diagnosis;

  // How far up each subdomain that counts reaches, in the model's order.
  std::vector<v1::SubdomainReach> reaches;

  // What an assessor found; nullopt: nobody verified. Findings of one that is open are shown as preliminary.
  std::optional<v1::Verification> verification;

  // The object's submitted assessment before this one; nullopt: this is the first.
  std::optional<v1::TrendPoint> previous;

  // When it was asked for.
  absl::Time generated;
};

// A4, Chinese first: a page for those who decide, then every score and every answer. INTERNAL when the process has no
// Chinese font (Debian: fonts-noto-cjk). Takes some tenths of a second of computing, so not for the thread of an event
// loop. Safe to be called from several threads at once.
absl::StatusOr<std::string> RenderPdf(const Report& report);

// Sheets: overview, answers, scores, next steps. Texts are texts, whatever they begin with. INTERNAL when there is no
// place for temporary files. As for threads: as above.
absl::StatusOr<std::string> RenderSpreadsheet(const Report& report);

// A row for each item of the assessment's type that is not tailored out, answered or not: UTF-8 with a byte order mark,
// CRLF, RFC 4180. What it gives ReadAnswerSheet (sheet_reader.h) reads.
std::string RenderAnswerSheet(const Report& report);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_REPORT_H_
