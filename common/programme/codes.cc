#include "common/programme/codes.h"

namespace jiebang::programme {

std::string_view SignificantPlace(std::string_view code) {
  while (code.size() > 2 && code.ends_with("00")) code.remove_suffix(2);
  return code;
}

bool PlaceContains(std::string_view outer, std::string_view inner) {
  return inner.starts_with(SignificantPlace(outer));
}

bool IndustryContains(std::string_view outer, std::string_view inner) {
  return !outer.empty() && inner.starts_with(outer);
}

}  // namespace jiebang::programme
