// Numbers and times as reports print them.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_FIGURES_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_FIGURES_H_

#include <string>

#include "absl/time/time.h"
#include "jiebang/maturity/v1/assessment.pb.h"

namespace jiebang::maturity {

// For drawing and sorting only: what is printed is computed exactly.
double ToDouble(const v1::Fraction& fraction);

// From 0 on, rounded half up to so many places, 0 to 4, e.g. "2.64".
std::string Rounded(const v1::Fraction& fraction, int places);

// In per cent with two places, e.g. "5.01%".
std::string Percent(const v1::Fraction& fraction);

// "3/40"; "1" where nothing is below the line.
std::string Exact(const v1::Fraction& fraction);

// In China's time, which has been UTC+8 without exception since 1991: "2026-11-21", "2026-11-21 18:30".
std::string Date(absl::Time time);
std::string DateAndTime(absl::Time time);

// As metadata of documents wants it: "2026-11-21T18:30:05+08:00".
std::string Iso8601(absl::Time time);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_FIGURES_H_
