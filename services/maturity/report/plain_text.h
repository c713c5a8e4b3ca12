// Words and numbers as people type them into cells, brought to one form to compare by.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PLAIN_TEXT_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PLAIN_TEXT_H_

#include <string>
#include <string_view>

namespace jiebang::maturity {

// `text` in lower case, full-width letters, digits and signs (U+FF01 to U+FF5E) in their ASCII form, and without
// spaces, underscores, slashes and brackets, of whatever width.
std::string Plain(std::string_view text);

// `text` without the white space around it, the full-width space among it.
std::string_view Trimmed(std::string_view text);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PLAIN_TEXT_H_
