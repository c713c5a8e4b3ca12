// Keeps applicants.
#ifndef JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICANT_REPOSITORY_H_
#define JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICANT_REPOSITORY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/application/v1/applicant.pb.h"
#include "services/application/domain/application_name.h"

namespace jiebang::application {

// Thread-safe. Errors beside those named: the store's.
class ApplicantRepository {
 public:
  explicit ApplicantRepository(store::Store& store) : store_(store) {}

  // With its etag. NOT_FOUND APPLICANT_NOT_FOUND.
  Task<absl::StatusOr<v1::Applicant>> Get(ApplicantName name) const;

  // One for each name, in their order, with its etag; nullopt: it is not there.
  Task<absl::StatusOr<std::vector<std::optional<v1::Applicant>>>> GetMany(std::vector<ApplicantName> names) const;

  // `applicant` carries the etag of the version that it was made from; a new one has none. ABORTED when that is no
  // longer the present version.
  Task<absl::Status> Save(v1::Applicant applicant, store::Event event, std::optional<store::Replay> replay);

 private:
  store::Store& store_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICANT_REPOSITORY_H_
