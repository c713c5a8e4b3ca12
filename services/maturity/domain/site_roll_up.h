// What the sites of a group come to.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_SITE_ROLL_UP_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_SITE_ROLL_UP_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "jiebang/maturity/v1/object.pb.h"
#include "jiebang/maturity/v1/roll_up.pb.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// As many sites as one roll-up takes.
inline constexpr int kMaxSites = 500;

struct Site {
  v1::AssessmentObject object;
  std::optional<v1::Assessment> assessment;  // its latest that counts
};

absl::StatusOr<v1::RollUp> RollUpOf(const std::shared_ptr<const MaturityModel>& model, const std::vector<Site>& sites,
                                    v1::Driver driver);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_SITE_ROLL_UP_H_
