// Which records the audit trail covers.
#ifndef JIEBANG_COMMON_JOURNAL_TRAIL_H_
#define JIEBANG_COMMON_JOURNAL_TRAIL_H_

#include <string_view>

namespace jiebang::journal {

// What can be made again from journals stands in tables called `derived_...`, the seal of the journal itself in tables
// called `seal_...`: covering them would feed the trail with its own shadow. Every change of any other record is named
// in the journal.
constexpr bool IsCovered(std::string_view table) {
  return !table.starts_with("derived_") && !table.starts_with("seal_");
}

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_TRAIL_H_
