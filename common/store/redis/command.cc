#include "common/store/redis/command.h"

#include "absl/strings/str_cat.h"

namespace jiebang::store::redis {

Command::Command(std::initializer_list<absl::string_view> arguments) : bytes_(kRoomForCount, ' ') {
  for (const absl::string_view argument : arguments) Add(argument);
}

Command& Command::Add(absl::string_view argument) {
  absl::StrAppend(&bytes_, "$", argument.size(), "\r\n", argument, "\r\n");
  const std::string header = absl::StrCat("*", ++count_, "\r\n");
  begin_ = kRoomForCount - header.size();
  bytes_.replace(begin_, header.size(), header);
  return *this;
}

Command& Command::Add(std::size_t number) { return Add(absl::AlphaNum(number).Piece()); }

absl::string_view Command::Encoded() const { return absl::string_view(bytes_).substr(begin_); }

}  // namespace jiebang::store::redis
