#include "common/page_token/page_token.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "common/errors/error.h"
#include "common/token/base64url.h"
#include "common/token/digest.h"

namespace jiebang {
namespace {

// A token is signature, digest of the filters, position. Both hashes are cut: a signature of 128 bits cannot be
// guessed, and the digest of the filters only has to tell honest requests apart, since it is signed.
constexpr std::size_t kSignatureBytes = 16;
constexpr std::size_t kFiltersBytes = 8;

// Signed before the rest, so that nothing else that is signed with the same key can be taken for a page token.
constexpr char kPurpose[] = "jiebang page token\n";

std::string SignatureOf(std::string_view key, std::string_view content) {
  return token::HmacSha256(key, std::string(kPurpose).append(content)).substr(0, kSignatureBytes);
}

std::string DigestOf(std::string_view filters) { return token::Sha256(filters).substr(0, kFiltersBytes); }

absl::Status Malformed() {
  return MalformedField("page_token", "The page token was not made by this service; begin again without one.",
                        "分页令牌无效，请不带令牌重新查询", "PAGE_TOKEN_MALFORMED");
}

absl::Status OtherRequest() {
  return MalformedField("page_token", "The page token belongs to a request with another parent, filter or order.",
                        "分页令牌属于另一查询；翻页时查询条件不得改变", "PAGE_TOKEN_OTHER_REQUEST");
}

}  // namespace

PageTokens::PageTokens(std::string key) : key_(std::move(key)) {}

std::string PageTokens::Make(std::string_view position, std::string_view filters) const {
  if (position.empty()) return "";
  const std::string content = DigestOf(filters).append(position);
  return token::ToBase64Url(SignatureOf(key_, content).append(content));
}

absl::StatusOr<std::string> PageTokens::Open(std::string_view token, std::string_view filters) const {
  if (token.empty()) return "";
  const std::optional<std::string> bytes = token::FromBase64Url(token);
  if (!bytes || bytes->size() <= kSignatureBytes + kFiltersBytes) return Malformed();
  const std::string_view signature = std::string_view(*bytes).substr(0, kSignatureBytes);
  const std::string_view content = std::string_view(*bytes).substr(kSignatureBytes);
  if (!token::EqualInConstantTime(signature, SignatureOf(key_, content))) return Malformed();
  if (content.substr(0, kFiltersBytes) != DigestOf(filters)) return OtherRequest();
  return std::string(content.substr(kFiltersBytes));
}

int PageSize(int asked, int standard, int most) {
  return asked <= 0 ? std::min(standard, most) : std::min(asked, most);
}

}  // namespace jiebang
