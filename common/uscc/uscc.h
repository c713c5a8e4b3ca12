// 统一社会信用代码, the unified social credit code of an organisation (GB 32100-2015), and the organisation code (GB
// 11714-1997) in it.
#ifndef JIEBANG_COMMON_USCC_USCC_H_
#define JIEBANG_COMMON_USCC_USCC_H_

#include <string_view>

#include "absl/status/status.h"

namespace jiebang {

// INVALID_ARGUMENT USCC_MALFORMED for the field, saying what is wrong and, for a check character, which one was
// expected (metadata `expected`). Some codes in circulation fail their check (e.g. 91350203M0001QAY9B): accepting one
// is a recorded decision of its caller's.
absl::Status CheckUscc(std::string_view uscc, std::string_view field);

// Whether it is written as a code is, 18 characters of the alphabet: then what is wrong with it can only be a check
// character.
bool HasFormOfUscc(std::string_view text);

// The 18th character for the first 17 (GB 32100-2015, 4.3); '\0' when these are not 17 characters of its alphabet.
char UsccCheckCharacter(std::string_view first17);

// The 9th character of an organisation code for its first 8 (GB 11714-1997), which are characters 9 to 16 of a USCC;
// '\0' when these are not 8 of 0-9 and A-Z.
char OrganisationCheckCharacter(std::string_view first8);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_USCC_USCC_H_
