// Where assessment objects are kept: with their applicant; and which objects name a group, in a projection by group.
#ifndef JIEBANG_SERVICES_MATURITY_REPOSITORY_OBJECT_REPOSITORY_H_
#define JIEBANG_SERVICES_MATURITY_REPOSITORY_OBJECT_REPOSITORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/maturity/v1/object.pb.h"
#include "services/maturity/domain/assessment_name.h"
#include "services/maturity/repository/kept_proto.h"

namespace jiebang::maturity {

using KeptObject = Kept<v1::AssessmentObject>;  // its etag is set

// Some objects, ascending by name. `position` is set when there may be more: where to go on.
struct ObjectPage {
  std::vector<v1::AssessmentObject> objects;
  std::string position;
};

class ObjectRepository {
 public:
  explicit ObjectRepository(store::Store& store) : store_(store) {}

  // NOT_FOUND OBJECT_NOT_FOUND.
  Task<absl::StatusOr<KeptObject>> Get(ObjectName name) const;

  // One answer a name, in order; nullopt: there is none. At most store::kMaxScanRecords.
  Task<absl::StatusOr<std::vector<std::optional<v1::AssessmentObject>>>> GetMany(std::vector<ObjectName> names) const;

  // Keeps a new object. ABORTED: it is there already, or another was created at the same time; RESOURCE_EXHAUSTED
  // OBJECTS_FULL.
  Task<absl::Status> Create(ObjectName name, v1::AssessmentObject object, store::Event event,
                            std::optional<store::Replay> replay) const;

  // Keeps `object` in the place of that with `version`. ABORTED when there is another version.
  Task<absl::Status> Save(ObjectName name, v1::AssessmentObject object, std::uint64_t version, store::Event event,
                          std::optional<store::Replay> replay) const;

  Task<absl::StatusOr<ObjectPage>> Page(ApplicantName applicant, std::string position, int limit) const;

  // The projection by group: notes or forgets that the object names the group. Idempotent.
  Task<absl::Status> Join(std::string group, ObjectName object) const;
  Task<absl::Status> Leave(std::string group, ObjectName object) const;

  // The objects that name the group, as far as the projection has come; `limit` at most.
  Task<absl::StatusOr<std::vector<ObjectName>>> NamingGroup(std::string group, int limit) const;

 private:
  store::Store& store_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPOSITORY_OBJECT_REPOSITORY_H_
