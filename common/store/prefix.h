// Where the ids that begin with something end.
#ifndef JIEBANG_COMMON_STORE_PREFIX_H_
#define JIEBANG_COMMON_STORE_PREFIX_H_

#include <optional>
#include <string>

namespace jiebang::store {

// The first id that stands after all that begin with `prefix`; nullopt: none does.
std::optional<std::string> EndOfPrefix(std::string prefix);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_PREFIX_H_
