// Posts to web addresses that others gave: verified TLS, checked addresses, no redirections, everything bounded.
#ifndef JIEBANG_COMMON_HTTP_CLIENT_HTTP_CLIENT_H_
#define JIEBANG_COMMON_HTTP_CLIENT_HTTP_CLIENT_H_

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/http_client/address_guard.h"
#include "common/http_client/url.h"

namespace jiebang::http {

struct Post {
  Url url;
  std::vector<std::pair<std::string, std::string>> headers;  // beside Host, Content-Length and User-Agent
  std::string body;
};

// What was answered. The body is not read: nothing that stands behind an address is shown to who gave it.
struct Answer {
  int status = 0;
  std::string retry_after;  // the header as it came; empty: none
};

// Why there is no answer.
enum class Trouble {
  kNameUnknown,
  kAddressRefused,  // the guard does not allow it, or not by plain http or on this port
  kConnectFailed,
  kTlsFailed,
  kTimedOut,
  kAnswerMalformed,
};

struct Outcome {
  std::variant<Answer, Trouble> result;
  std::string detail;  // what the system or the TLS library said; for humans
};

struct ClientOptions {
  AddressGuard guard;
  // Certificates are held against these authorities (a PEM file) instead of the system's.
  std::string ca_file;
  // From the name to the last header of the answer.
  absl::Duration time_limit = absl::Seconds(10);
  // Posts that are under way at once; further ones wait their turn, before their time begins.
  int most_at_once = 64;
};

// Thread-safe. Has a thread of its own, on which all sockets live. One connection a post. To an address that the guard
// names anything goes; to any other one https on port 443 or 8443 only. What is connected to is the address that was
// checked, so a name that resolves to another one the next moment reaches nothing.
class Client {
 public:
  // INVALID_ARGUMENT: the file holds no certificates.
  static absl::StatusOr<std::unique_ptr<Client>> Start(ClientOptions options);

  // Nobody awaits a post any more.
  virtual ~Client() = default;

  // Comes back on the caller's executor.
  virtual Task<Outcome> Send(Post post) = 0;
};

}  // namespace jiebang::http

#endif  // JIEBANG_COMMON_HTTP_CLIENT_HTTP_CLIENT_H_
