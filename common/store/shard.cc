#include <cstdint>

#include "common/store/store.h"

namespace jiebang::store {

int ShardOf(const std::string& partition) {
  // CRC-16/XMODEM, as Redis Cluster hashes its keys: polynomial 0x1021, initial value 0.
  std::uint16_t crc = 0;
  for (const unsigned char byte : partition) {
    crc ^= static_cast<std::uint16_t>(byte << 8);
    for (int bit = 0; bit < 8; ++bit) crc = static_cast<std::uint16_t>((crc & 0x8000) ? (crc << 1) ^ 0x1021 : crc << 1);
  }
  return crc % kShards;
}

}  // namespace jiebang::store
