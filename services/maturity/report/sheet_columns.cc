#include "services/maturity/report/sheet_columns.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/maturity/report/plain_text.h"

namespace jiebang::maturity {

std::optional<SheetColumn> ColumnNamed(std::string_view header) {
  const std::string name = Plain(header);
  for (const ColumnName& known : kSheetColumns) {
    const std::string zh = Plain(known.zh);
    const std::string en = Plain(known.en);
    if (name == zh || name == en || name == absl::StrCat(zh, en) || name == absl::StrCat(en, zh)) return known.column;
  }
  return std::nullopt;
}

}  // namespace jiebang::maturity
