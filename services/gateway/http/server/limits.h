// What one HTTP client may take of the gateway: bytes, time and connections.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_LIMITS_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace jiebang::http {

struct Limits {
  // The request line and all headers, 431 beyond; of that the target, 414 beyond.
  std::size_t head_bytes = 16 << 10;
  std::size_t target_bytes = 8 << 10;

  // All bodies that are in memory at one moment, in all connections; 503 beyond. A single body's limit is the business
  // of who reads it.
  std::int64_t all_bodies_bytes = 256 << 20;

  // Open connections; one more is answered 503 and closed.
  int connections = 4096;
  // After so many requests a connection is closed, so that load moves to processes that have joined.
  int requests_per_connection = 10'000;

  // From the first byte of a request (of a connection: from its acceptance) to the end of its head.
  absl::Duration head_time = absl::Seconds(10);
  // A body or an answer may take `transfer_time`, and a second more for each `transfer_rate` bytes of it.
  absl::Duration transfer_time = absl::Seconds(10);
  std::size_t transfer_rate = 16 << 10;
  // How long a connection waits for its next request.
  absl::Duration idle_time = absl::Seconds(60);
  // How long a stream of requests may pause.
  absl::Duration stream_pause = absl::Minutes(5);
  // How long a client that is told to stop sending may go on before the connection is cut.
  absl::Duration linger = absl::Seconds(2);
  // Deadlines are looked at so often.
  absl::Duration tick = absl::Milliseconds(250);
};

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_LIMITS_H_
