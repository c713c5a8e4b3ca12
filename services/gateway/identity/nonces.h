// What may be used once: the nonces of signed requests and the ids of client assertions.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_NONCES_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_NONCES_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/async/task.h"

namespace jiebang::gateway {

// So long a nonce is remembered at least: who signed at the end of the window before now may show it until the end of
// the one after.
inline constexpr absl::Duration kNonceKept = absl::Seconds(600);

// A memory of nonces that may be shared with other gateways. Thread-safe.
class Nonces {
 public:
  virtual ~Nonces() = default;

  // OK once for each pair, however many ask at the same time. UNAUTHENTICATED NONCE_USED; UNAVAILABLE NONCE_MEMORY_AWAY
  // when it cannot tell: then the request is refused.
  virtual Task<absl::Status> Use(std::string owner, std::string nonce, absl::Time now) = 0;
};

// The memory of this process. Bounded in number, too: when it is full it cannot tell.
class NonceMemory final : public Nonces {
 public:
  explicit NonceMemory(std::size_t most = 1'000'000) : most_(most) {}

  Task<absl::Status> Use(std::string owner, std::string nonce, absl::Time now) override;
  absl::Status UseNow(std::string_view owner, std::string_view nonce, absl::Time now);

 private:
  using Digest = std::array<char, 16>;  // of owner and nonce; nobody finds another pair with the same

  const std::size_t most_;
  absl::Mutex mutex_;
  // Two generations, each of kNonceKept: forgetting one costs nothing a nonce, and keeps each for one to two of them.
  absl::flat_hash_set<Digest> young_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<Digest> old_ ABSL_GUARDED_BY(mutex_);
  absl::Time turned_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_NONCES_H_
