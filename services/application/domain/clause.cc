#include "services/application/domain/clause.h"

#include "absl/strings/str_cat.h"

namespace jiebang::application {

std::string ClauseText(const programme::v1::Clause& clause) {
  if (clause.document().empty()) return kPlatformClause;
  if (clause.section().empty()) return clause.document();
  return absl::StrCat(clause.document(), " ", clause.section());
}

}  // namespace jiebang::application
