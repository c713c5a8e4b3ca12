// What an application says, apart from where it stands: what is filed, frozen and digested.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_CONTENT_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_CONTENT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "jiebang/application/v1/application.pb.h"

namespace jiebang::application {

// At most so many bytes of one application are kept: it must fit into one answer of gRPC, and into one value of the
// store beside its name. Three million bytes are a million characters of Chinese.
inline constexpr std::size_t kMaxApplicationBytes = 3'000'000;

// INVALID_ARGUMENT APPLICATION_TOO_LARGE.
absl::Status CheckSize(const v1::Application& application);

// The application without what says where it stands: state, revision, times, digest, hold, reason and etags. Its name,
// and the applicant as it was filed, belong to it.
v1::Application ContentOf(v1::Application application);

// SHA-256 over the deterministic serialization of the content, hexadecimal: the same content, filed again, has the same
// digest.
std::string ContentDigest(const v1::Application& application);

// The application without the texts of sections and scenarios, as lists show it.
v1::Application WithoutTexts(v1::Application application);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_CONTENT_H_
