#include "services/application/domain/clause.h"

#include "absl/strings/str_cat.h"

namespace jiebang::application {

std::string ClauseText(const programme::v1::Clause& clause) {
  if (clause.document().empty()) return kPlatformClause;
  const std::string cited =
      clause.section().empty() ? clause.document() : absl::StrCat(clause.document(), " ", clause.section());
  return clause.ours() ? absl::StrCat(cited, "（平台细化）") : cited;
}

}  // namespace jiebang::application
