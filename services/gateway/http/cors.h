// Which web pages of other origins may call (fetch.spec.whatwg.org, CORS). Never with cookies: nothing here has any.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_CORS_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_CORS_H_

#include <string>
#include <utility>
#include <vector>

#include "services/gateway/http/server/message.h"

namespace jiebang::gateway {

class Cors {
 public:
  // "https://portal.example", or "*" for all; none: nobody.
  explicit Cors(std::vector<std::string> allowed_origins) : allowed_(std::move(allowed_origins)) {}

  // Whether the request is a browser's question whether a page may call.
  bool IsPreflight(const http::Request& request) const;
  // Its answer, to which HeadersFor are added: says more to allowed origins, and nothing to others.
  http::Response AnswerPreflight(const http::Request& request) const;

  // What lets the page that asked read an answer; goes with every one.
  http::Response::Headers HeadersFor(const http::Request& request) const;

 private:
  bool Allows(const http::Request& request) const;
  bool allows_all() const;

  const std::vector<std::string> allowed_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_CORS_H_
