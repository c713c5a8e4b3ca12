// What this port serves at fixed paths beside calls: health, documents, the token endpoint.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_RESOURCES_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_RESOURCES_H_

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "common/async/task.h"
#include "services/gateway/http/server/exchange.h"

namespace jiebang::gateway {

// Answers a request; `body`: of a POST, as sent. On a gRPC loop: it does not block.
using Resource = std::function<Task<http::Response>(const http::Request& request, std::string body)>;

// Filled before the port opens, then only read.
class Resources {
 public:
  // A GET answers HEAD, too. `max_body_bytes`: of a POST.
  void Add(std::string verb, std::string path, Resource resource, std::size_t max_body_bytes = 0);
  // The same bytes for everybody, with an ETag.
  void AddDocument(std::string path, std::string content_type, std::string body);

  bool Has(std::string_view path) const { return by_path_.find(path) != by_path_.end(); }

  // For a path that it has.
  Task<http::Response> Answer(http::Exchange& exchange) const;

 private:
  struct Entry {
    Resource resource;
    std::size_t max_body_bytes = 0;
  };

  std::map<std::string, std::map<std::string, Entry, std::less<>>, std::less<>> by_path_;  // then by verb
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_RESOURCES_H_
