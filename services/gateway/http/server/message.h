// An HTTP request's head and an answer, as handlers see them.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_MESSAGE_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_MESSAGE_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiebang::http {

// ASCII without case, as names of headers, encodings and hosts compare.
bool SameName(std::string_view a, std::string_view b);

// The views are good until the exchange ends.
struct Request {
  struct Field {
    std::string_view name;
    std::string_view value;  // without the blanks around it
  };

  std::string_view verb;    // "POST"
  std::string_view target;  // as sent: "/v1/units?page_size=5"
  std::string_view path;    // "/v1/units"
  std::string_view query;   // "page_size=5"
  std::vector<Field> fields;

  std::string_view peer_address;        // without a port; "unix" for a socket of this machine
  std::string_view client_certificate;  // PEM of one that was verified; empty: none

  // The value of the first field of this name; nullopt: there is none.
  std::optional<std::string_view> Find(std::string_view name) const;
  // The same; empty: none.
  std::string_view Value(std::string_view name) const { return Find(name).value_or(std::string_view()); }
};

struct Response {
  using Headers = std::vector<std::pair<std::string, std::string>>;

  int status = 200;
  std::string content_type;  // empty: no body
  std::string body;
  Headers headers = {};  // others than Content-Type, Content-Length, Date, Connection
};

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_MESSAGE_H_
