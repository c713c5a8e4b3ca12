// The assignments of a round and the scores in them.
#ifndef JIEBANG_SERVICES_REVIEW_REPOSITORY_ASSIGNMENT_REPOSITORY_H_
#define JIEBANG_SERVICES_REVIEW_REPOSITORY_ASSIGNMENT_REPOSITORY_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/store/store.h"
#include "google/protobuf/message.h"
#include "jiebang/review/v1/round.pb.h"
#include "services/review/domain/assignment_name.h"
#include "services/review/repository/page.h"

namespace jiebang::review {

class AssignmentRepository {
 public:
  explicit AssignmentRepository(store::Store& store) : store_(store) {}

  // Moves the round from what was read (`before`, by its etag) to `after`, whose plan_digest the assignments stand
  // under from then on. ABORTED CONCURRENT_CHANGE.
  Task<absl::Status> CommitPlan(const rpc::Call& call, const RoundName& name, const v1::Round& before,
                                const v1::Round& after, const std::vector<v1::Assignment>& assignments,
                                const google::protobuf::Message& response);

  // NOT_FOUND ASSIGNMENT_NOT_FOUND.
  Task<absl::StatusOr<v1::Assignment>> Get(const AssignmentName& name, const v1::Round& round);

  // One expert's, or everybody's in the order of experts. A round without a committed plan has none.
  Task<absl::StatusOr<Page<v1::Assignment>>> List(const ReviewerName& reviewer, const v1::Round& round,
                                                  std::string after, std::size_t limit);

  // Shows every assignment of the round to `visit`, page by page: with their comments they need not fit the memory.
  Task<absl::Status> VisitAll(const RoundName& name, const v1::Round& round,
                              const std::function<void(v1::Assignment)>& visit);

 private:
  store::Store& store_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_REPOSITORY_ASSIGNMENT_REPOSITORY_H_
