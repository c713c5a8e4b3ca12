// The memory of an answered request: a repeated request_id gets the first answer (AIP-155).
#ifndef JIEBANG_COMMON_STORE_REPLAY_H_
#define JIEBANG_COMMON_STORE_REPLAY_H_

#include <string>

#include "absl/time/time.h"

namespace jiebang::store {

// Written in the same commit as the change that it answers, so that there is an answer exactly if there was a change.
struct Replay {
  std::string key;          // who asked what with which request_id
  std::string fingerprint;  // digest of the request: the same id with another request is a mistake of the caller
  std::string answer;       // the serialized response

  friend bool operator==(const Replay&, const Replay&) = default;
};

// How long an answer is kept at least: the longest time after which a platform may repeat a request.
inline constexpr absl::Duration kReplayKept = absl::Hours(24 * 7);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_REPLAY_H_
