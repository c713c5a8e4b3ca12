// Where peer groups are kept: a projection from the journal. All cells of one comparison (what is compared, and the
// year) share a partition with what each enterprise added to them, so that a submission changes all of its cells at
// once.
#ifndef JIEBANG_SERVICES_MATURITY_REPOSITORY_PEER_REPOSITORY_H_
#define JIEBANG_SERVICES_MATURITY_REPOSITORY_PEER_REPOSITORY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/maturity/v1/peer_cell.pb.h"
#include "services/maturity/domain/assessment_name.h"
#include "services/maturity/domain/peers.h"

namespace jiebang::maturity {

// The name under which the projection's place in the journal is kept.
inline constexpr char kProjection[] = "maturity-peers";

// What is compared: totals under a model and type, or the figures of an indicator list.
struct Comparison {
  std::string subject;
  int year = 0;

  static Comparison OfModel(const std::string& model, v1::ManufacturingType type, int year);
  static Comparison OfIndicators(const std::string& indicator_list, int year);
};

class PeerRepository {
 public:
  explicit PeerRepository(store::Store& store) : store_(store) {}

  // Puts `contribution` of the object in the place of the one that it made before, if that is not later. Idempotent.
  Task<absl::Status> Contribute(Comparison comparison, ObjectName object, v1::PeerContribution contribution) const;

  // An empty cell when there is none.
  Task<absl::StatusOr<v1::PeerCell>> Cell(Comparison comparison, v1::PeerGroup group) const;

  // What the applicant's objects add, by object.
  Task<absl::StatusOr<Contributions>> ContributionsOf(Comparison comparison, ApplicantName applicant) const;

  // How many events of this service the projection has not looked at yet.
  Task<absl::StatusOr<std::int64_t>> EventsBehind() const;

 private:
  store::Store& store_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPOSITORY_PEER_REPOSITORY_H_
