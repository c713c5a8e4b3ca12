// Which rules of its programme an application does not meet.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_VIOLATIONS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_VIOLATIONS_H_

#include <vector>

#include "absl/time/time.h"
#include "common/programme/programme.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/facts.h"

namespace jiebang::application {

// Everything that stands against filing the application at `now`: errors first, each part in the order of the
// programme's rules, then what concerns the route and the form. A rule "in principle" (原则上) that the application
// explains is not among them. `facts` has what NeededFacts asked for. An application in a track that the programme does
// not have breaks nothing: that it has none is refused before.
std::vector<v1::Violation> Violations(const v1::Application& application, const Facts& facts,
                                      const programme::Programme& programme, absl::Time now);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_VIOLATIONS_H_
