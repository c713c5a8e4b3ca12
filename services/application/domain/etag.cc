#include "services/application/domain/etag.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/application/domain/errors.h"

namespace jiebang::application {

std::string EtagOf(std::uint64_t version) { return absl::StrCat(version); }

std::uint64_t VersionOf(const std::string& etag) {
  std::uint64_t version = 0;
  return absl::SimpleAtoi(etag, &version) ? version : 0;
}

std::string NextEtag(const std::string& etag) { return EtagOf(VersionOf(etag) + 1); }

absl::Status CheckEtag(const std::string& name, const std::string& given, const std::string& present) {
  return given.empty() || given == present ? absl::OkStatus() : EtagMismatch(name, given, present);
}

}  // namespace jiebang::application
