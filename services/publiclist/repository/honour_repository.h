// Where honours are kept: with the enterprise that holds them, written after the announcement that grants them.
#ifndef JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_HONOUR_REPOSITORY_H_
#define JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_HONOUR_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/publiclist/v1/honour.pb.h"
#include "services/publiclist/domain/names.h"

namespace jiebang::publiclist {

struct HonourPage {
  std::vector<v1::Honour> honours;
  std::string position;  // set when there may be more
};

class HonourRepository {
 public:
  explicit HonourRepository(store::Store& store) : store_(store) {}

  // The enterprise's honours, the latest announcement first.
  Task<absl::StatusOr<HonourPage>> Page(ApplicantName holder, std::string position, int limit) const;

  // Keeps those that are not kept yet; at most store::kMaxScanRecords. An honour that is there is left alone, so doing
  // it again changes nothing.
  Task<absl::Status> Keep(std::vector<v1::Honour> honours) const;

  // Says that the list is about to be announced: from its announcement on it counts as behind until SetProjected.
  Task<absl::Status> SetAnnouncing(ListName list) const;
  Task<absl::Status> SetProjected(ListName list) const;

  // How many announced lists have honours that are not kept yet.
  Task<absl::StatusOr<std::int64_t>> AnnouncementsBehind() const;

 private:
  store::Store& store_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_REPOSITORY_HONOUR_REPOSITORY_H_
