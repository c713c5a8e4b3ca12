#include "services/gateway/http/server/message.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace jiebang::http {

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return absl::ascii_tolower(static_cast<unsigned char>(x)) ==
                  absl::ascii_tolower(static_cast<unsigned char>(y));
         });
}

std::optional<std::string_view> Request::Find(std::string_view name) const {
  for (const Field& field : fields) {
    if (SameName(field.name, name)) return field.value;
  }
  return std::nullopt;
}

}  // namespace jiebang::http
