// The description of the REST surface and the page that shows it, as they were made at build time.
#ifndef JIEBANG_SERVICES_GATEWAY_OPENAPI_PAGES_H_
#define JIEBANG_SERVICES_GATEWAY_OPENAPI_PAGES_H_

#include <string_view>
#include <vector>

namespace jiebang::gateway {

// OpenAPI 3.1, in JSON.
std::string_view OpenApiJson();

struct Page {
  std::string_view path;  // "/docs/swagger-ui.css"
  std::string_view content_type;
  std::string_view body;
};

// The document (/openapi.json), the page (/docs) and what it loads (/docs/…). Nothing comes from elsewhere.
std::vector<Page> Pages();

// The header Content-Security-Policy of the page: no inline scripts. Swagger UI sets styles of elements, and has its
// pictures in data.
inline constexpr char kPagePolicy[] =
    "default-src 'none'; connect-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self' 'unsafe-inline'";

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_PAGES_H_
