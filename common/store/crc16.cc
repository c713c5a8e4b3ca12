#include "common/store/crc16.h"

#include <array>
#include <cstdint>

namespace jiebang::store {
namespace {

// What each byte contributes.
constexpr std::array<std::uint16_t, 256> kCrcOfByte = [] {
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    unsigned crc = byte << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
    table[byte] = static_cast<std::uint16_t>(crc);
  }
  return table;
}();

}  // namespace

unsigned Crc16(absl::string_view bytes) {
  unsigned crc = 0;
  for (const char byte : bytes) {
    crc = ((crc << 8) ^ kCrcOfByte[(crc >> 8) ^ static_cast<unsigned char>(byte)]) & 0xffff;
  }
  return crc;
}

}  // namespace jiebang::store
