#include <array>
#include <cstdint>

#include "common/store/store.h"

namespace jiebang::store {
namespace {

// CRC-16/XMODEM, as Redis Cluster hashes its keys: polynomial 0x1021, initial value 0. What each byte contributes.
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

int ShardOf(const std::string& partition) {
  unsigned crc = 0;
  for (const unsigned char byte : partition) crc = ((crc << 8) ^ kCrcOfByte[(crc >> 8) ^ byte]) & 0xffff;
  return static_cast<int>(crc % kShards);
}

}  // namespace jiebang::store
