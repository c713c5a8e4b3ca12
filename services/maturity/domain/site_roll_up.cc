#include "services/maturity/domain/site_roll_up.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "common/status/status_macros.h"
#include "services/maturity/domain/exact_mean.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/domain/trend.h"

namespace jiebang::maturity {
namespace {

std::int64_t WeightOf(const v1::AssessmentObject& object, v1::Driver driver) {
  switch (driver) {
    case v1::DRIVER_REVENUE:
      return object.drivers().revenue_ten_thousand_yuan();
    case v1::DRIVER_OUTPUT_VALUE:
      return object.drivers().output_value_ten_thousand_yuan();
    case v1::DRIVER_EMPLOYEES:
      return object.drivers().employees();
    default:
      return 1;
  }
}

struct Spread {
  Fraction minimum;
  Fraction maximum;
  int count = 0;

  void Include(const Fraction& value) {
    minimum = count == 0 ? value : std::min(minimum, value);
    maximum = count == 0 ? value : std::max(maximum, value);
    ++count;
  }
};

}  // namespace

absl::StatusOr<v1::RollUp> RollUpOf(const std::shared_ptr<const MaturityModel>& model, const std::vector<Site>& sites,
                                    v1::Driver driver) {
  std::vector<const Site*> assessed;
  v1::RollUp roll_up;
  for (const Site& site : sites) {
    if (site.assessment) {
      assessed.push_back(&site);
    } else {
      roll_up.add_sites_without_assessment(site.object.name());
    }
  }
  std::stable_sort(assessed.begin(), assessed.end(), [](const Site* a, const Site* b) {
    return FromProto(a->assessment->result().total()) < FromProto(b->assessment->result().total());
  });

  Spread totals;
  std::map<std::string, Spread> subdomains;
  std::int64_t all_weights = 0;
  for (const Site* const site : assessed) all_weights += WeightOf(site->object, driver);
  ExactMean mean;
  for (const Site* const site : assessed) {
    const v1::Result& result = site->assessment->result();
    const std::int64_t weight = WeightOf(site->object, driver);
    v1::SiteResult& proto = *roll_up.add_sites();
    *proto.mutable_object() = site->object;
    proto.set_assessment(site->assessment->name());
    *proto.mutable_submit_time() = site->assessment->submit_time();
    proto.set_level(result.level());
    *proto.mutable_total() = result.total();
    if (all_weights > 0) *proto.mutable_weight() = ToProto(Fraction(weight, all_weights));
    if (weight == 0) roll_up.add_sites_without_driver(site->object.name());
    mean.Add(FromProto(result.total()), weight);
    totals.Include(FromProto(result.total()));
    ASSIGN_OR_RETURN(const std::vector<v1::SubdomainReach> reaches, ReachesOf(model, *site->assessment));
    for (const v1::SubdomainReach& reach : reaches) subdomains[reach.subdomain()].Include(FromProto(reach.reach()));
    roll_up.set_minimum_level(roll_up.sites_size() == 1 ? result.level()
                                                        : std::min(roll_up.minimum_level(), result.level()));
  }
  if (assessed.empty()) return roll_up;

  *roll_up.mutable_minimum() = ToProto(totals.minimum);
  *roll_up.mutable_maximum() = ToProto(totals.maximum);
  *roll_up.mutable_spread() = ToProto(totals.maximum + Fraction(-1, 1) * totals.minimum);
  if (all_weights > 0) roll_up.set_weighted_mean(mean.Decimal());
  for (const Leaf& leaf : model->leaves()) {
    const auto found = subdomains.find(leaf.id());
    if (found == subdomains.end()) continue;
    v1::SubdomainSpread& proto = *roll_up.add_subdomains();
    proto.set_subdomain(leaf.id());
    *proto.mutable_minimum() = ToProto(found->second.minimum);
    *proto.mutable_maximum() = ToProto(found->second.maximum);
    proto.set_count(found->second.count);
  }
  return roll_up;
}

}  // namespace jiebang::maturity
