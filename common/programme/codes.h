// The two code systems that programmes speak in: a shorter code stands for everything below it.
#ifndef JIEBANG_COMMON_PROGRAMME_CODES_H_
#define JIEBANG_COMMON_PROGRAMME_CODES_H_

#include <string_view>

namespace jiebang::programme {

// The part of a GB/T 2260 code that says something: "610000" is "61", a province; "610100" is "6101", a city.
std::string_view SignificantPlace(std::string_view code);

// True if `inner` is `outer` or lies in it: 610113 lies in 610100 and in 610000.
bool PlaceContains(std::string_view outer, std::string_view inner);

// True if the GB/T 4754 code `inner` is `outer` or lies below it: 2671 lies below 267 and 26.
bool IndustryContains(std::string_view outer, std::string_view inner);

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_CODES_H_
