#include "common/store/redis/command.h"

#include "absl/strings/str_cat.h"

namespace jiebang::store::redis {

Command::Command(std::initializer_list<absl::string_view> arguments) : bytes_(kRoomForCount, ' ') {
  for (const absl::string_view argument : arguments) Add(argument);
}

Command& Command::Add(absl::string_view argument) {
  absl::StrAppend(&bytes_, "$", argument.size(), "\r\n", argument, "\r\n");
  ++count_;
  return *this;
}

Command& Command::Add(std::size_t number) { return Add(absl::AlphaNum(number).Piece()); }

absl::string_view Command::Encoded() {
  const std::string header = absl::StrCat("*", count_, "\r\n");
  const std::size_t begin = kRoomForCount - header.size();
  bytes_.replace(begin, header.size(), header);
  return absl::string_view(bytes_).substr(begin);
}

}  // namespace jiebang::store::redis
