// A report as a real one is: the shipped model, an enterprise at level 2 with notes in Chinese. For tests only.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_TESTING_REPORT_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_TESTING_REPORT_H_

#include <string>

#include "services/maturity/report/report.h"

namespace jiebang::maturity {

// Submitted, with one subdomain left out, evidence, an assessor's findings and an assessment before it.
Report LevelTwoReport();

// The same as a draft that half is answered, whose next steps have no efforts.
Report DraftReport();

// The report's first answer, which counts.
v1::Answer& FirstAnswer(Report& report);

// `count` characters of Chinese prose.
std::string Prose(int count);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_TESTING_REPORT_H_
