#include "services/quota/domain/clause.h"

#include "absl/strings/str_cat.h"

namespace jiebang::quota {

std::string ClauseText(const programme::v1::Clause& clause) {
  if (clause.document().empty()) return "平台规则";
  return clause.section().empty() ? clause.document() : absl::StrCat(clause.document(), " ", clause.section());
}

}  // namespace jiebang::quota
