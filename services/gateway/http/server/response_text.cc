#include "services/gateway/http/server/response_text.h"

#include "absl/strings/str_cat.h"
#include "boost/beast/http/status.hpp"

namespace jiebang::http {
namespace {

// "Sun, 06 Nov 1994 08:49:37 GMT"; formatted once a second.
const std::string& DateText(absl::Time now) {
  thread_local std::int64_t second = 0;
  thread_local std::string text;
  if (const std::int64_t current = absl::ToUnixSeconds(now); current != second) {
    second = current;
    text = absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", now, absl::UTCTimeZone());
  }
  return text;
}

std::string_view PhraseOf(int status) {
  if (status == 499) return "Client Closed Request";
  const auto phrase = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return {phrase.data(), phrase.size()};
}

void AddHeader(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string HeadText(const Response& response, Framing framing, bool keep_alive, absl::Time now) {
  std::string text;
  text.reserve(512);
  text = absl::StrCat("HTTP/1.1 ", response.status, " ");
  text.append(PhraseOf(response.status)).append("\r\n");
  AddHeader(text, "Date", DateText(now));
  if (!response.content_type.empty()) AddHeader(text, "Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) AddHeader(text, name, value);
  if (framing == Framing::kChunked) AddHeader(text, "Transfer-Encoding", "chunked");
  // 204 and 304 have no body by definition, and no length of one.
  if (framing == Framing::kLength && response.status != 204 && response.status != 304) {
    AddHeader(text, "Content-Length", absl::StrCat(response.body.size()));
  }
  AddHeader(text, "Connection", keep_alive ? "keep-alive" : "close");
  text.append("\r\n");
  return text;
}

std::string ChunkText(std::string_view piece, bool last) {
  std::string text;
  text.reserve(piece.size() + 32);
  if (!piece.empty()) {
    text = absl::StrCat(absl::Hex(piece.size()), "\r\n");
    text.append(piece).append("\r\n");
  }
  if (last) text.append("0\r\n\r\n");
  return text;
}

}  // namespace jiebang::http
