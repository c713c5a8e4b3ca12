// Keeps a spreadsheet program from computing what somebody wrote: a cell that begins like a formula gets an apostrophe
// before it, and loses it again when it is read.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_FORMULA_GUARD_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_FORMULA_GUARD_H_

#include <string>
#include <string_view>

namespace jiebang::maturity {

std::string Guarded(std::string_view text);

// Unguarded(Guarded(x)) == x.
std::string_view Unguarded(std::string_view text);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_FORMULA_GUARD_H_
