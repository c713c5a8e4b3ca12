#include "services/gateway/http/media_type.h"

#include "absl/strings/ascii.h"

namespace jiebang::gateway {

std::string MediaTypeOf(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(absl::string_view(content_type.data(), content_type.size())));
}

}  // namespace jiebang::gateway
