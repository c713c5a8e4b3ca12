// Keeps a spreadsheet program from computing what somebody wrote: a cell that begins like a formula gets an apostrophe
// before it, and loses it again when it is read.
#ifndef JIEBANG_COMMON_FORMULA_GUARD_FORMULA_GUARD_H_
#define JIEBANG_COMMON_FORMULA_GUARD_FORMULA_GUARD_H_

#include <string>
#include <string_view>

namespace jiebang {

std::string Guarded(std::string_view text);

// Unguarded(Guarded(x)) == x.
std::string_view Unguarded(std::string_view text);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_FORMULA_GUARD_FORMULA_GUARD_H_
