// What has to hold for every input: a fuzz target that says no ends as one that crashed does, with the input kept.
#ifndef JIEBANG_TESTS_FUZZ_MUST_H_
#define JIEBANG_TESTS_FUZZ_MUST_H_

#include <cstdio>
#include <cstdlib>

namespace jiebang::fuzz {

inline void Must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace jiebang::fuzz

#endif  // JIEBANG_TESTS_FUZZ_MUST_H_
