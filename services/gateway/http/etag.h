// Entity tags (RFC 9110, 8.8.3): strong ones, from the bytes.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_ETAG_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_ETAG_H_

#include <string>
#include <string_view>

namespace jiebang::gateway {

// The tag of these bytes, sent as they are or compressed: two representations, two tags.
std::string EtagOf(std::string_view bytes, bool is_compressed);

// Whether an If-None-Match names the tag; a weak one matches, too, and so does *.
bool EtagMatches(std::string_view if_none_match, std::string_view etag);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_ETAG_H_
