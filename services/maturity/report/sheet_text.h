// The text of a sheet, in whichever encoding a spreadsheet program wrote it.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_SHEET_TEXT_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_SHEET_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::maturity {

// As UTF-8 without a byte order mark. By the mark: UTF-8 or UTF-16; without one UTF-8 where it is valid, GB 18030 (of
// which GBK, what Chinese editions of Excel call CSV, is a part) otherwise. INVALID_ARGUMENT SHEET_UNREADABLE.
absl::StatusOr<std::string> SheetText(std::string_view bytes);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_SHEET_TEXT_H_
