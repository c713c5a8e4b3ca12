// How a clause of a programme is shown to people.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_CLAUSE_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_CLAUSE_H_

#include <string>

#include "jiebang/programme/v1/text.pb.h"

namespace jiebang::quota {

// "工信厅联通装函〔2023〕212号 三（四）", or "平台规则" where the platform decided and no notice says it.
std::string ClauseText(const programme::v1::Clause& clause);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_CLAUSE_H_
