// Keeps applications and their revisions.
#ifndef JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICATION_REPOSITORY_H_
#define JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICATION_REPOSITORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/facts.h"

namespace jiebang::application {

// What one applicant has on file through one unit, at some moment. While `version` stands, nothing was filed since.
struct OnFile {
  std::vector<OtherApplication> applications;
  std::uint64_t version = 0;
};

// One step in the life of an application, kept as a whole or not at all.
struct ApplicationStep {
  // As it will be, with the etag of the version that it was made from; a new one has none.
  v1::Application application;
  // Where it stood; absent for a new one.
  std::optional<v1::Application::State> state_before;
  // Set by a filing, and by nothing else.
  std::optional<v1::Revision> revision;
  // Set by a filing that depends on what else is on file: the version of OnFile.
  std::optional<std::uint64_t> on_file_version;

  // What happened; for what is filed as it is created, its creation before.
  std::optional<store::Event> creation = std::nullopt;
  store::Event event;
  std::optional<store::Replay> replay;
};

// Thread-safe. Errors beside those named: the store's.
class ApplicationRepository {
 public:
  explicit ApplicationRepository(store::Store& store) : store_(store) {}

  // With its etag. NOT_FOUND APPLICATION_NOT_FOUND.
  Task<absl::StatusOr<v1::Application>> Get(ApplicationName name) const;

  // One for each name, in their order, with its etag; nullopt: it is not there.
  Task<absl::StatusOr<std::vector<std::optional<v1::Application>>>> GetMany(std::vector<ApplicationName> names) const;

  // NOT_FOUND REVISION_NOT_FOUND.
  Task<absl::StatusOr<v1::Revision>> GetRevision(RevisionName name) const;

  // What the applicant of `name` has submitted through its unit, without `name` itself.
  Task<absl::StatusOr<OnFile>> OthersOnFile(ApplicationName name) const;

  // ABORTED when the application, or what is on file, is no longer what the step was made from.
  Task<absl::Status> Save(ApplicationStep step);

  // Lists over all units go through those that are remembered: of an applicant before its first draft, of a programme
  // before the first filing. Remembering again does nothing.
  Task<absl::Status> RememberUnitOfApplicant(ApplicationParent parent);
  Task<absl::Status> RememberUnitOfProgramme(ApplicationParent parent);

 private:
  Task<absl::Status> Remember(std::string partition, std::string id);

  store::Store& store_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICATION_REPOSITORY_H_
