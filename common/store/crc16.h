// CRC-16/XMODEM (polynomial 0x1021, initial value 0), by which Redis Cluster places keys and we place partitions.
#ifndef JIEBANG_COMMON_STORE_CRC16_H_
#define JIEBANG_COMMON_STORE_CRC16_H_

#include "absl/strings/string_view.h"

namespace jiebang::store {

unsigned Crc16(absl::string_view bytes);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_CRC16_H_
