#include "common/token/request_signature.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/token/digest.h"

namespace jiebang::token {
namespace {

absl::string_view View(std::string_view text) { return absl::string_view(text.data(), text.size()); }

std::string SortedQuery(std::string_view query) {
  std::vector<absl::string_view> parameters = absl::StrSplit(View(query), '&');
  const auto name = [](absl::string_view parameter) { return parameter.substr(0, parameter.find('=')); };
  std::stable_sort(parameters.begin(), parameters.end(),
                   [&](absl::string_view left, absl::string_view right) { return name(left) < name(right); });
  return absl::StrJoin(parameters, "&");
}

// The value of one member of the dictionary (RFC 8941, 3.2), a byte sequence between colons; nullopt for anything else.
std::optional<std::string> ByteSequence(absl::string_view value) {
  std::string bytes;
  if (value.size() < 2 || value.front() != ':' || value.back() != ':') return std::nullopt;
  if (!absl::Base64Unescape(value.substr(1, value.size() - 2), &bytes)) return std::nullopt;
  return bytes;
}

}  // namespace

std::string TextToSign(HmacKind kind, const SignableRequest& request) {
  const std::size_t mark = request.target.find('?');
  const std::string_view path = request.target.substr(0, mark);
  const std::string_view query = mark == std::string_view::npos ? "" : request.target.substr(mark + 1);
  return absl::StrJoin(
      {absl::string_view(kind == HmacKind::kSm3 ? "JIEBANG1-HMAC-SM3" : "JIEBANG1-HMAC-SHA256"), View(request.verb),
       View(path), absl::string_view(SortedQuery(query)), View(request.content_digest), View(request.timestamp),
       View(request.nonce), View(request.key_id), View(request.on_behalf_of)},
      "\n");
}

std::string SignatureOf(HmacKind kind, std::string_view secret, const SignableRequest& request) {
  const std::string text = TextToSign(kind, request);
  return kind == HmacKind::kSm3 ? HmacSm3(secret, text) : HmacSha256(secret, text);
}

std::string ContentDigestOf(HmacKind kind, std::string_view body) {
  const bool is_sm3 = kind == HmacKind::kSm3;
  return absl::StrCat(is_sm3 ? "sm3=:" : "sha-256=:", absl::Base64Escape(is_sm3 ? Sm3(body) : Sha256(body)), ":");
}

bool DigestFits(std::string_view content_digest, std::string_view body) {
  bool fits = false;
  for (const absl::string_view member : absl::StrSplit(View(content_digest), ',')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(absl::StripAsciiWhitespace(member), absl::MaxSplits('=', 1));
    const bool is_sm3 = parts.first == "sm3";
    if (!is_sm3 && parts.first != "sha-256") continue;
    if (ByteSequence(parts.second) != (is_sm3 ? Sm3(body) : Sha256(body))) return false;
    fits = true;
  }
  return fits;
}

}  // namespace jiebang::token
