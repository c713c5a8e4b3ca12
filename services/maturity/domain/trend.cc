#include "services/maturity/domain/trend.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/domain/fraction.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {
namespace {

std::string Difference(const Fraction& from, const Fraction& to) {
  return to >= from ? (to + Fraction(-1, 1) * from).Decimal()
                    : absl::StrCat("-", (from + Fraction(-1, 1) * to).Decimal());
}

void CompareAnswers(const AnswerSheet& before, const AnswerSheet& now, const MaturityModel& model,
                    v1::TrendPoint& point) {
  for (int place = 0; place < static_cast<int>(model.items().size()); ++place) {
    const int change = model.TenthsOf(now.At(place)) - model.TenthsOf(before.At(place));
    if (change > 0) point.set_raised_count(point.raised_count() + 1);
    if (change < 0) point.set_lowered_count(point.lowered_count() + 1);
  }
}

}  // namespace

absl::StatusOr<std::vector<v1::SubdomainReach>> ReachesOf(const std::shared_ptr<const MaturityModel>& model,
                                                          const v1::Assessment& assessment) {
  ASSIGN_OR_RETURN(const std::vector<bool> counts, Scope::CountsOf(*model, assessment.manufacturing_type(),
                                                                   assessment.tailored_subdomains(), "assessment"));
  std::vector<v1::SubdomainReach> reaches;
  for (const Reach& reach : ReachesOf(*model, counts, SheetOf(*model, assessment))) {
    v1::SubdomainReach& proto = reaches.emplace_back();
    proto.set_subdomain(reach.leaf->id());
    *proto.mutable_reach() = ToProto(reach.reach);
  }
  return reaches;
}

absl::StatusOr<v1::Trend> TrendOf(const std::shared_ptr<const MaturityModel>& model,
                                  const std::vector<Submission>& submissions) {
  v1::Trend trend;
  const v1::Assessment* before = nullptr;
  for (const Submission& submission : submissions) {
    const v1::Assessment& assessment = submission.assessment;
    v1::TrendPoint& point = *trend.add_points();
    point.set_assessment(assessment.name());
    *point.mutable_submit_time() = assessment.submit_time();
    point.set_level(assessment.result().level());
    *point.mutable_total() = assessment.result().total();
    for (const v1::LevelScore& level : assessment.result().levels()) *point.add_levels() = level.score();
    ASSIGN_OR_RETURN(std::vector<v1::SubdomainReach> reaches, ReachesOf(model, assessment));
    for (v1::SubdomainReach& reach : reaches) *point.add_subdomains() = std::move(reach);
    if (submission.verified_level) point.set_verified_level(*submission.verified_level);
    if (before != nullptr) {
      CompareAnswers(SheetOf(*model, *before), SheetOf(*model, assessment), *model, point);
      point.set_total_change(Difference(FromProto(before->result().total()), FromProto(assessment.result().total())));
    }
    before = &assessment;
  }
  return trend;
}

}  // namespace jiebang::maturity
