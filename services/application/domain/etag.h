// Etags: the version of a record as decimal text. A value that was read carries the etag of its version.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_ETAG_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_ETAG_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace jiebang::application {

std::string EtagOf(std::uint64_t version);

// 0 for the empty etag, which what is not kept yet has.
std::uint64_t VersionOf(const std::string& etag);

// The etag that the value will have once it is saved.
std::string NextEtag(const std::string& etag);

// ABORTED ETAG_MISMATCH unless `given` is empty or the present one.
absl::Status CheckEtag(const std::string& name, const std::string& given, const std::string& present);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_ETAG_H_
