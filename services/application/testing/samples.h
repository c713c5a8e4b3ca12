// A programme with rules of many kinds, small enough to see whole, and an application that breaks none of them: what
// the tests of this service judge by.
#ifndef JIEBANG_SERVICES_APPLICATION_TESTING_SAMPLES_H_
#define JIEBANG_SERVICES_APPLICATION_TESTING_SAMPLES_H_

#include <string>
#include <vector>

#include "common/programme/programme.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/facts.h"

namespace jiebang::application {

// Tracks: `factory`, `chain` (extends it), `scenario`, and `zone` (described only). Filing until 2023-08-31, all day.
programme::v1::Programme TestProgramme();

// The same with these rules alone, in text format: `id: "x" strength: STRENGTH_ERROR place {}` for each; tracks, clause
// and texts are added.
programme::v1::Programme TestProgrammeWithRules(const std::vector<std::string>& rules);

// An applicant in 苏州, an application of it for `factory` that breaks no rule of TestProgramme, and facts to go with
// it.
inline constexpr char kTestUscc[] = "91512081MA62K0260E";
v1::Applicant TestApplicant();
v1::Application TestApplication();
Facts TestFacts();

// `text` so many times.
std::string Times(int count, const std::string& text);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_TESTING_SAMPLES_H_
