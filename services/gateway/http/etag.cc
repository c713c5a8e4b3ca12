#include "services/gateway/http/etag.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/token/digest.h"
#include <openssl/evp.h>

namespace jiebang::gateway {
namespace {

// Of SHA-256; nobody gains anything from a collision with an answer of their own.
constexpr std::size_t kTagDigits = 32;

}  // namespace

std::string EtagOf(std::string_view bytes, bool is_compressed) {
  return absl::StrCat("\"", token::Sha256Hex(bytes).substr(0, kTagDigits), is_compressed ? "-gzip\"" : "\"");
}

bool EtagMatches(std::string_view if_none_match, std::string_view etag) {
  for (absl::string_view tag : absl::StrSplit(absl::string_view(if_none_match.data(), if_none_match.size()), ',')) {
    tag = absl::StripAsciiWhitespace(tag);
    absl::ConsumePrefix(&tag, "W/");
    if (tag == "*" || std::string_view(tag.data(), tag.size()) == etag) return true;
  }
  return false;
}

}  // namespace jiebang::gateway
