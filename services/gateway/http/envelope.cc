#include "services/gateway/http/envelope.h"

#include <utility>

#include "services/gateway/http/refusals.h"

namespace jiebang::gateway {
namespace {

constexpr std::size_t kPrefixBytes = 5;

std::uint32_t LengthIn(std::string_view prefix) {
  std::uint32_t length = 0;
  for (const char byte : prefix.substr(1, 4)) length = (length << 8) | static_cast<std::uint8_t>(byte);
  return length;
}

}  // namespace

std::string Enveloped(std::uint8_t flags, std::string_view bytes) {
  std::string envelope;
  envelope.reserve(kPrefixBytes + bytes.size());
  envelope += static_cast<char>(flags);
  for (int shift = 24; shift >= 0; shift -= 8) envelope += static_cast<char>((bytes.size() >> shift) & 0xFF);
  envelope += bytes;
  return envelope;
}

void EnvelopeReader::Add(std::string piece) {
  if (is_empty()) {
    bytes_ = std::move(piece);
  } else {
    bytes_.erase(0, taken_);
    bytes_ += piece;
  }
  taken_ = 0;
}

absl::StatusOr<std::optional<Envelope>> EnvelopeReader::Next() {
  const std::string_view left = std::string_view(bytes_).substr(taken_);
  if (left.size() < kPrefixBytes) return std::nullopt;
  const std::size_t length = LengthIn(left);
  if (length > max_bytes_) return BodyTooLong(max_bytes_);
  if (left.size() < kPrefixBytes + length) return std::nullopt;
  taken_ += kPrefixBytes + length;
  return Envelope{static_cast<std::uint8_t>(left.front()), std::string(left.substr(kPrefixBytes, length))};
}

}  // namespace jiebang::gateway
