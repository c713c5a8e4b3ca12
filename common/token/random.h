// Random bytes that nobody can guess.
#ifndef JIEBANG_COMMON_TOKEN_RANDOM_H_
#define JIEBANG_COMMON_TOKEN_RANDOM_H_

#include <cstddef>
#include <string>

namespace jiebang::token {

std::string RandomBytes(std::size_t count);

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_RANDOM_H_
