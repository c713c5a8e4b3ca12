// Where assessments are kept: with their applicant, and the submitted ones in two indices of the same partition.
#ifndef JIEBANG_SERVICES_MATURITY_REPOSITORY_ASSESSMENT_REPOSITORY_H_
#define JIEBANG_SERVICES_MATURITY_REPOSITORY_ASSESSMENT_REPOSITORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/assessment_name.h"

namespace jiebang::maturity {

// An assessment as it is kept; its etag is set.
struct KeptAssessment {
  v1::Assessment assessment;
  std::uint64_t version = 0;
};

// Some assessments, ascending by name. `position` is set when there may be more: where to go on.
struct AssessmentPage {
  std::vector<v1::Assessment> assessments;
  std::string position;
};

class AssessmentRepository {
 public:
  explicit AssessmentRepository(store::Store& store) : store_(store) {}

  // The partition of everything of an applicant.
  static std::string PartitionOf(const ApplicantName& applicant);

  // The etag that the assessment will have after the next save.
  static std::string NextEtag(std::uint64_t version);

  // "The assessment has this version", for commits of what stands beside it.
  static store::Precondition HasVersion(const AssessmentName& name, std::uint64_t version);

  // NOT_FOUND ASSESSMENT_NOT_FOUND.
  Task<absl::StatusOr<KeptAssessment>> Get(AssessmentName name) const;

  // One for each name, in their order; nullopt: it is not there.
  Task<absl::StatusOr<std::vector<std::optional<v1::Assessment>>>> GetMany(std::vector<AssessmentName> names) const;

  // Keeps `assessment` in the place of that with `version` (0: there is none), with what happened and the answer to be
  // remembered. ABORTED when there is another version.
  Task<absl::Status> Save(AssessmentName name, v1::Assessment assessment, std::uint64_t version, store::Event event,
                          std::optional<store::Replay> replay) const;

  // At most `limit` of the applicant, drafts too, or submitted ones alone, after `position`; without their answers, and
  // no more than fit into one message.
  Task<absl::StatusOr<AssessmentPage>> Page(ApplicantName applicant, std::string position, int limit,
                                            bool with_drafts) const;

  // The latest of the applicant's submitted assessments under the model that reached exactly this level, of the object
  // with this id or, when it is empty, of any; nullopt: none.
  Task<absl::StatusOr<std::optional<v1::Assessment>>> LatestAtLevel(ApplicantName applicant, std::string object,
                                                                    std::string model, int level) const;

  // The object's submission under the model just before `assessment`, or its latest one when that is a draft; nullopt:
  // there is none.
  Task<absl::StatusOr<std::optional<v1::Assessment>>> SubmittedBefore(ObjectName object,
                                                                      const v1::Assessment& assessment) const;

  // The latest submitted assessments of the object under the model, the latest first, `limit` at most; their answers
  // without notes and evidence, since many are held at once.
  Task<absl::StatusOr<std::vector<v1::Assessment>>> LatestOf(ObjectName object, std::string model, int limit) const;

 private:
  store::Store& store_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPOSITORY_ASSESSMENT_REPOSITORY_H_
