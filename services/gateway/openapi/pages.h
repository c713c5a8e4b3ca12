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

// The document (/openapi.json), the page that shows it (/ and /docs) and what the page loads (/docs/…). Nothing comes
// from elsewhere and no script is inline: the page's own Content-Security-Policy forbids it.
std::vector<Page> Pages();

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_PAGES_H_
