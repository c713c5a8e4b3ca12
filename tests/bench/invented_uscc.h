// Enterprises that there are not.
#ifndef JIEBANG_TESTS_BENCH_INVENTED_USCC_H_
#define JIEBANG_TESTS_BENCH_INVENTED_USCC_H_

#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "common/uscc/uscc.h"

namespace jiebang::bench {

// A USCC with a right check character for each number; its organisation code is right too.
inline std::string InventedUscc(int number) {
  std::string code = absl::StrFormat("91110000%08d", number);
  code.push_back(OrganisationCheckCharacter(std::string_view(code).substr(8, 8)));
  code.push_back(UsccCheckCharacter(code));
  return code;
}

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_INVENTED_USCC_H_
