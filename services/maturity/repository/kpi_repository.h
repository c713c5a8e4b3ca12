// Where reports of indicators are kept: with their applicant.
#ifndef JIEBANG_SERVICES_MATURITY_REPOSITORY_KPI_REPOSITORY_H_
#define JIEBANG_SERVICES_MATURITY_REPOSITORY_KPI_REPOSITORY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/maturity/v1/kpi.pb.h"
#include "services/maturity/domain/assessment_name.h"
#include "services/maturity/repository/kept_proto.h"

namespace jiebang::maturity {

using KeptKpiReport = Kept<v1::KpiReport>;  // its etag is set

class KpiRepository {
 public:
  explicit KpiRepository(store::Store& store) : store_(store) {}

  // nullopt: there is none.
  Task<absl::StatusOr<std::optional<KeptKpiReport>>> Find(KpiReportName name) const;

  // Keeps `report` in the place of that with `version` (0: there is none). ABORTED when there is another version.
  Task<absl::Status> Save(KpiReportName name, v1::KpiReport report, std::uint64_t version, store::Event event,
                          std::optional<store::Replay> replay) const;

  // All of an object, ascending by year.
  Task<absl::StatusOr<std::vector<v1::KpiReport>>> Of(ObjectName object) const;

 private:
  store::Store& store_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPOSITORY_KPI_REPOSITORY_H_
