// The records of a text of separated values (RFC 4180).
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_RECORDS_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_RECORDS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace jiebang::maturity {

struct Record {
  int row = 0;  // as a spreadsheet counts, from 1: blank lines count, lines within quotation marks do not
  std::vector<std::string> cells;  // the first 256
};

// Gives each record that is not blank to `take`, until that gives anything but OK, which is then the result. LF, CRLF
// and CR end a record. INVALID_ARGUMENT SHEET_UNREADABLE when the last quotation mark is never closed.
absl::Status ForEachRecord(std::string_view text, char delimiter, const std::function<absl::Status(Record)>& take);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_RECORDS_H_
