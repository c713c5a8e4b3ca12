// Token buckets by name: who calls faster than its rate has to wait.
#ifndef JIEBANG_SERVICES_GATEWAY_ADMISSION_TOKEN_BUCKETS_H_
#define JIEBANG_SERVICES_GATEWAY_ADMISSION_TOKEN_BUCKETS_H_

#include <cstddef>
#include <list>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace jiebang::gateway {

struct Rate {
  double per_second = 0;
  double burst = 0;  // tokens in a full bucket, at least 1
};

// Not thread-safe.
class TokenBuckets {
 public:
  // Remembers the `most` names that were asked for last; one that is forgotten begins again with a full bucket.
  explicit TokenBuckets(std::size_t most) : most_(most) {}

  // Takes a token and gives zero; or takes none, and gives the time until there is one.
  absl::Duration Take(absl::string_view name, const Rate& rate, absl::Time now);

  // As Take, and takes none.
  absl::Duration Wait(absl::string_view name, const Rate& rate, absl::Time now) const;

  std::size_t size() const { return latest_.size(); }

 private:
  // The tokens of a bucket are said by one time: when it will be full again.
  struct Bucket {
    std::string name;
    absl::Time full;
  };

  const std::size_t most_;
  std::list<Bucket> latest_;  // the latest first
  absl::flat_hash_map<absl::string_view, std::list<Bucket>::iterator> by_name_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_ADMISSION_TOKEN_BUCKETS_H_
