#include "common/formula_guard/formula_guard.h"

#include <algorithm>
#include <array>

namespace jiebang {
namespace {

// Chinese editions of spreadsheet programs take the full-width signs for formulas, too (OWASP, "CSV Injection").
constexpr std::array<std::string_view, 11> kFormulaStarts = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                             "\n", "＝", "＋", "－", "＠"};

// Apostrophes count as part of the start, so that a text that has one of its own gets another and keeps its own.
bool NeedsGuard(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return std::any_of(kFormulaStarts.begin(), kFormulaStarts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

}  // namespace

std::string Guarded(std::string_view text) {
  std::string guarded(NeedsGuard(text) ? "'" : "");
  return guarded.append(text);
}

std::string_view Unguarded(std::string_view text) {
  return text.starts_with('\'') && NeedsGuard(text) ? text.substr(1) : text;
}

}  // namespace jiebang
