// One command in Redis's own encoding (RESP), built once on the thread that asks.
#ifndef JIEBANG_COMMON_STORE_REDIS_COMMAND_H_
#define JIEBANG_COMMON_STORE_REDIS_COMMAND_H_

#include <cstddef>
#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"

namespace jiebang::store::redis {

class Command {
 public:
  // The command's name first.
  explicit Command(std::initializer_list<absl::string_view> arguments);

  Command& Add(absl::string_view argument);
  Command& Add(std::size_t number);

  // What goes over the wire. Valid until the next Add.
  absl::string_view Encoded() const;

 private:
  // The number of arguments stands before them and grows with each, so room is left for it.
  static constexpr std::size_t kRoomForCount = 16;

  std::string bytes_;
  std::size_t count_ = 0;
  std::size_t begin_ = 0;  // of the number, within that room
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_COMMAND_H_
