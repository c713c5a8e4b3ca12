// Messages with a prefix of flags and length, as Connect's streams and gRPC-Web have them in a body.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_ENVELOPE_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_ENVELOPE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::gateway {

struct Envelope {
  static constexpr std::uint8_t kCompressed = 0x01;
  static constexpr std::uint8_t kEndOfConnectStream = 0x02;
  static constexpr std::uint8_t kGrpcWebTrailers = 0x80;

  std::uint8_t flags = 0;
  std::string bytes;
};

// The flags, the length in four bytes, the most significant first, and the bytes.
std::string Enveloped(std::uint8_t flags, std::string_view bytes);

// Takes pieces of a body as they come, gives envelopes.
class EnvelopeReader {
 public:
  explicit EnvelopeReader(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  void Add(std::string piece);

  // The next envelope; nullopt: it is not whole yet. BodyTooLong as soon as its length is read.
  absl::StatusOr<std::optional<Envelope>> Next();

  // Whether all that was added has been given.
  bool is_empty() const { return taken_ == bytes_.size(); }

 private:
  const std::size_t max_bytes_;
  std::string bytes_;
  std::size_t taken_ = 0;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_ENVELOPE_H_
