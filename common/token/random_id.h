// Ids that nobody guesses and that never come twice.
#ifndef JIEBANG_COMMON_TOKEN_RANDOM_ID_H_
#define JIEBANG_COMMON_TOKEN_RANDOM_ID_H_

#include <string>

namespace jiebang::token {

// 22 characters of base64url: 128 random bits.
std::string RandomId();

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_RANDOM_ID_H_
