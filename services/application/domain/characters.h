// The length of a text as notices count it.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_CHARACTERS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_CHARACTERS_H_

#include <cstdint>
#include <string_view>

namespace jiebang::application {

// Unicode code points without white space (the property White_Space of Unicode 15): what the programme's
// `max_characters` counts. `text` is UTF-8.
std::int64_t CountCharacters(std::string_view text);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_CHARACTERS_H_
