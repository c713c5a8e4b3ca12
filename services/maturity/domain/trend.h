// How an object did over time.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_TREND_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_TREND_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "jiebang/maturity/v1/roll_up.pb.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// A submitted assessment, and the level that was verified of it.
struct Submission {
  v1::Assessment assessment;
  std::optional<int> verified_level;
};

// `submissions`: of one object under `model`, the oldest first.
absl::StatusOr<v1::Trend> TrendOf(const std::shared_ptr<const MaturityModel>& model,
                                  const std::vector<Submission>& submissions);

// How far up each subdomain of an assessment reaches, in the model's order.
absl::StatusOr<std::vector<v1::SubdomainReach>> ReachesOf(const std::shared_ptr<const MaturityModel>& model,
                                                          const v1::Assessment& assessment);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_TREND_H_
