// What follows the journal: peer groups from submissions and reports, and the sites of groups from objects.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_PROJECTION_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_PROJECTION_H_

#include "absl/status/status.h"
#include "common/async/task.h"
#include "common/journal/follow.h"
#include "jiebang/journal/v1/event.pb.h"
#include "services/maturity/handler/catalogue.h"
#include "services/maturity/repository/assessment_repository.h"
#include "services/maturity/repository/kpi_repository.h"
#include "services/maturity/repository/object_repository.h"
#include "services/maturity/repository/peer_repository.h"

namespace jiebang::maturity {

// Details of `object.created` and `object.updated`.
inline constexpr char kGroupDetail[] = "group";
inline constexpr char kGroupBeforeDetail[] = "group_before";

class Projection {
 public:
  Projection(store::Store& store, const AssessmentRepository& assessments, const KpiRepository& kpis,
             const ObjectRepository& objects, const PeerRepository& peers, const Catalogue& catalogue)
      : store_(store),
        assessments_(assessments),
        kpis_(kpis),
        objects_(objects),
        peers_(peers),
        catalogue_(catalogue) {}

  // Runs until the home executor stops.
  Task<void> Run();

 private:
  Task<absl::Status> Take(const journal::v1::Event& event);
  Task<absl::Status> Submitted(const std::string& assessment);
  Task<absl::Status> Reported(const std::string& report);
  Task<absl::Status> Grouped(const journal::v1::Event& event);

  store::Store& store_;
  const AssessmentRepository& assessments_;
  const KpiRepository& kpis_;
  const ObjectRepository& objects_;
  const PeerRepository& peers_;
  const Catalogue& catalogue_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_PROJECTION_H_
