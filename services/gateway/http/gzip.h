// gzip (RFC 1952), the one compression that this port speaks.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_GZIP_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_GZIP_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::gateway {

inline constexpr char kGzip[] = "gzip";
inline constexpr char kIdentity[] = "identity";
// Below this an answer becomes no smaller.
inline constexpr std::size_t kWorthCompressing = 1 << 10;

std::string Compress(std::string_view bytes);

// Nothing becomes nothing. INVALID_ARGUMENT when it is no gzip or ends early or late; OUT_OF_RANGE as soon as it grows
// longer than `max_bytes`, which is all that a decompression bomb costs.
absl::StatusOr<std::string> Decompress(std::string_view bytes, std::size_t max_bytes);

// Whether a list such as "br;q=1.0, gzip;q=0.8, *;q=0" has gzip.
bool TakesGzip(std::string_view accepted);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_GZIP_H_
