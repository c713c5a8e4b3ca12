// What a signed request signs: seven lines, the parts of the request in the order of SignableRequest, then the body.
#include "common/token/request_signature.h"

#include <algorithm>
#include <string>

#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  fuzz::Parts input(data, size);
  token::SignableRequest request;
  request.verb = input.Line();
  request.target = input.Line();
  request.content_digest = input.Line();
  request.timestamp = input.Line();
  request.nonce = input.Line();
  request.key_id = input.Line();
  request.on_behalf_of = input.Line();
  for (const token::HmacKind kind : {token::HmacKind::kSha256, token::HmacKind::kSm3}) {
    const std::string text = token::TextToSign(kind, request);
    fuzz::Must(std::count(text.begin(), text.end(), '\n') == 8, "there are nine lines, whatever a caller writes");
    std::string target = "/?";
    const std::size_t query = text.find('\n', text.find('\n', text.find('\n') + 1) + 1) + 1;
    target.append(text, query, text.find('\n', query) - query);
    token::SignableRequest sorted = request;
    const std::string path(request.target.substr(0, request.target.find('?')));
    target.replace(0, 1, path);
    sorted.target = target;
    fuzz::Must(token::TextToSign(kind, sorted) == text, "a query that is in order is left as it is");
    fuzz::Must(token::DigestFits(token::ContentDigestOf(kind, input.Rest()), input.Rest()), "a digest fits its body");
  }
  (void)token::DigestFits(request.content_digest, input.Rest());
  return 0;
}
