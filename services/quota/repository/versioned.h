// A record with the version that it was read in.
#ifndef JIEBANG_SERVICES_QUOTA_REPOSITORY_VERSIONED_H_
#define JIEBANG_SERVICES_QUOTA_REPOSITORY_VERSIONED_H_

#include <cstdint>

namespace jiebang::quota {

// Version 0: the record is not there yet. A resource's etag is its version in decimal.
template <class T>
struct Versioned {
  T value;
  std::uint64_t version = 0;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_REPOSITORY_VERSIONED_H_
