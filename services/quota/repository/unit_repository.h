// The records of units. All stand in one partition: there are a few hundred of them.
#ifndef JIEBANG_SERVICES_QUOTA_REPOSITORY_UNIT_REPOSITORY_H_
#define JIEBANG_SERVICES_QUOTA_REPOSITORY_UNIT_REPOSITORY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/quota/v1/unit.pb.h"
#include "services/quota/repository/versioned.h"

namespace jiebang::quota {

class UnitRepository {
 public:
  static constexpr char kPartition[] = "units";

  explicit UnitRepository(store::Store& store) : store_(store) {}

  // The unit, with its etag; one that is not there has version 0.
  Task<absl::StatusOr<Versioned<v1::Unit>>> Find(std::string id);

  // The same; NOT_FOUND UNIT_NOT_FOUND.
  Task<absl::StatusOr<Versioned<v1::Unit>>> Get(std::string id);

  // One for each id, in their order, with its etag; nullopt: it is not there.
  Task<absl::StatusOr<std::vector<std::optional<v1::Unit>>>> GetMany(std::vector<std::string> ids);

  // Writes `after` over `before`, whose etag it will have plus one. ABORTED: another change came first.
  Task<absl::Status> Save(Versioned<v1::Unit> before, v1::Unit after, store::Event event,
                          std::optional<store::Replay> replay);

  struct Page {
    std::vector<v1::Unit> units;  // ascending by name
    bool more = false;
  };
  // Up to `limit` (at most store::kMaxScanRecords) units whose ids follow `after`.
  Task<absl::StatusOr<Page>> PageAfter(std::string after, int limit);

  // Every unit, ascending by name.
  Task<absl::StatusOr<std::vector<v1::Unit>>> All();

 private:
  store::Store& store_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_REPOSITORY_UNIT_REPOSITORY_H_
