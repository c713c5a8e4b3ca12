// Etags of requests.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_ETAG_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_ETAG_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/quota/domain/errors.h"

namespace jiebang::quota {

// How often a change is decided again on what is there when another one was faster.
inline constexpr int kTries = 16;

// ABORTED ETAG_MISMATCH when one is given and is not the present one.
inline absl::Status CheckEtag(const std::string& given, std::uint64_t version, const std::string& resource) {
  if (given.empty() || given == absl::StrCat(version)) return absl::OkStatus();
  return EtagMismatch(resource, version);
}

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_ETAG_H_
