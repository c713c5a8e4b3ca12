// Page tokens (AIP-158): where a list goes on, opaque to the caller and of no use with any other request.
#ifndef JIEBANG_COMMON_PAGE_TOKEN_PAGE_TOKEN_H_
#define JIEBANG_COMMON_PAGE_TOKEN_PAGE_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang {

// Immutable, thread-safe. Tokens are signed, because a position is a key of the store: one that the caller made up
// could reach into what it may not see.
class PageTokens {
 public:
  // `key`: a secret that all replicas of the service share.
  explicit PageTokens(std::string key);

  // The token that goes on after `position`. `filters`: everything else that decides which records are listed and in
  // what order (method, parent, filter, order_by), joined so that different requests give different strings. "" for the
  // empty position: no further page.
  std::string Make(std::string_view position, std::string_view filters) const;

  // The position. The empty token is the first page, "". INVALID_ARGUMENT: PAGE_TOKEN_MALFORMED, or
  // PAGE_TOKEN_OTHER_REQUEST when it was made for other filters.
  absl::StatusOr<std::string> Open(std::string_view token, std::string_view filters) const;

 private:
  std::string key_;
};

// How many to answer when `asked` for: the standard for 0 or less, never more than the most (AIP-158 wants no error for
// too many).
int PageSize(int asked, int standard = 50, int most = 500);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_PAGE_TOKEN_PAGE_TOKEN_H_
