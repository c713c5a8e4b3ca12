// Content types.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_MEDIA_TYPE_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_MEDIA_TYPE_H_

#include <string>
#include <string_view>

namespace jiebang::gateway {

// "application/json" of " Application/JSON; charset=utf-8".
std::string MediaTypeOf(std::string_view content_type);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_MEDIA_TYPE_H_
