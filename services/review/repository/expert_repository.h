// The experts.
#ifndef JIEBANG_SERVICES_REVIEW_REPOSITORY_EXPERT_REPOSITORY_H_
#define JIEBANG_SERVICES_REVIEW_REPOSITORY_EXPERT_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/store/store.h"
#include "google/protobuf/message.h"
#include "jiebang/review/v1/expert.pb.h"
#include "services/review/domain/expert_name.h"
#include "services/review/domain/registration.h"
#include "services/review/repository/page.h"

namespace jiebang::review {

class ExpertRepository {
 public:
  // Where experts stand, which is also where the answers about them are remembered.
  static constexpr char kPartition[] = "experts";

  explicit ExpertRepository(store::Store& store) : store_(store) {}

  // NOT_FOUND EXPERT_NOT_FOUND.
  Task<absl::StatusOr<v1::Expert>> Get(ExpertName name);

  // ALREADY_EXISTS EXPERT_ALREADY_EXISTS.
  Task<absl::Status> Create(const rpc::Call& call, const Registration& registration,
                            const google::protobuf::Message& response);

  // Ascending by name; `after`: `next` of the page before.
  Task<absl::StatusOr<Page<v1::Expert>>> List(std::string after, std::size_t limit);

  // All of them, ascending by name.
  Task<absl::StatusOr<std::vector<v1::Expert>>> All();

 private:
  store::Store& store_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_REPOSITORY_EXPERT_REPOSITORY_H_
