// Where a rule comes from, as every refusal shows it.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_CLAUSE_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_CLAUSE_H_

#include <string>

#include "jiebang/programme/v1/text.pb.h"

namespace jiebang::application {

// The clause of what the platform asks by itself.
inline constexpr char kPlatformClause[] = "平台规定";

// "工信厅联通装函〔2023〕212号 二（五）"; with "（平台细化）" where the notice leaves open what the platform decided;
// kPlatformClause where no notice says it.
std::string ClauseText(const programme::v1::Clause& clause);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_CLAUSE_H_
