// Errors as the REST surface has them (AIP-193), which is another shape than Connect's.
#ifndef JIEBANG_SERVICES_GATEWAY_REST_REST_ERROR_H_
#define JIEBANG_SERVICES_GATEWAY_REST_REST_ERROR_H_

#include <string>

#include "absl/status/status.h"

namespace jiebang::gateway {

struct RestError {
  int http_status = 500;
  std::string allow;        // the header Allow, with 405; empty: none
  std::string retry_after;  // the header Retry-After, in whole seconds; empty: none
  // {"error":{"code":404,"message":"…","status":"NOT_FOUND","details":[{"@type":"…","reason":"…"}]}}, in one line: a
  // stream of lines ends with it when it fails.
  std::string body;

  // `status`: not OK. `http_status`: where HTTP has a better one than that of the code (413, 415); 0: it has none.
  static RestError Of(const absl::Status& status, int http_status = 0);
};

// One message of a stream of answers, as a line: {"result":{…}}. A result may have a field `error` of its own, so the
// line says which of the two it is.
std::string ResultLine(const std::string& json);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_REST_ERROR_H_
