#include "services/review/domain/scoring.h"

#include <map>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "services/review/domain/errors.h"

namespace jiebang::review {
namespace {

const programme::v1::Criterion* FindCriterion(const programme::v1::Rubric& rubric, std::string_view id) {
  for (const programme::v1::Criterion& criterion : rubric.criteria()) {
    if (criterion.id() == id) return &criterion;
  }
  return nullptr;
}

ScoreFault Unknown(std::string field, const std::string& id, const programme::v1::Rubric& rubric) {
  return {.field = std::move(field),
          .en = absl::StrCat("the rubric ", rubric.id(), " has no criterion `", id, "`"),
          .zh = absl::StrCat("评分表 ", rubric.id(), " 没有评分项“", id, "”")};
}

ScoreFault Twice(std::string field, const programme::v1::Criterion& criterion) {
  return {.field = std::move(field),
          .en = absl::StrCat("the criterion `", criterion.id(), "` is there twice"),
          .zh = absl::StrCat("评分项“", criterion.name().zh(), "”重复")};
}

ScoreFault OutsideScale(std::string field, const programme::v1::Criterion& criterion, int points, int max_points) {
  return {.field = std::move(field),
          .en = absl::StrCat("`", criterion.id(), "` has ", points, " points, want 0 to ", max_points),
          .zh = absl::StrCat("“", criterion.name().zh(), "”为 ", points, " 分，应为 0 至 ", max_points, " 分")};
}

ScoreFault Missing(const programme::v1::Criterion& criterion) {
  return {.field = "score.criteria",
          .en = absl::StrCat("the criterion `", criterion.id(), "` is missing"),
          .zh = absl::StrCat("缺少评分项“", criterion.name().zh(), "”")};
}

}  // namespace

absl::StatusOr<v1::Score> GiveScore(const programme::v1::Rubric& rubric, const v1::Score& given, absl::Time now) {
  std::vector<ScoreFault> faults;
  std::map<std::string_view, int> points;
  for (int i = 0; i < given.criteria_size(); ++i) {
    const v1::CriterionScore& one = given.criteria(i);
    const std::string path = absl::StrCat("score.criteria[", i, "]");
    const programme::v1::Criterion* const criterion = FindCriterion(rubric, one.criterion());
    if (criterion == nullptr) {
      faults.push_back(Unknown(absl::StrCat(path, ".criterion"), one.criterion(), rubric));
      continue;
    }
    if (!points.emplace(one.criterion(), one.points()).second) {
      faults.push_back(Twice(absl::StrCat(path, ".criterion"), *criterion));
    }
    if (one.points() < 0 || one.points() > rubric.max_points()) {
      faults.push_back(OutsideScale(absl::StrCat(path, ".points"), *criterion, one.points(), rubric.max_points()));
    }
  }
  v1::Score score;
  std::int64_t total = 0;
  for (const programme::v1::Criterion& criterion : rubric.criteria()) {
    const auto found = points.find(criterion.id());
    if (found == points.end()) {
      faults.push_back(Missing(criterion));
      continue;
    }
    v1::CriterionScore& one = *score.add_criteria();
    one.set_criterion(criterion.id());
    one.set_points(found->second);
    total += std::int64_t{found->second} * criterion.weight_percent();  // points × per cent are hundredths of a point
  }
  if (!faults.empty()) return ScoreRefused(faults, rubric.clause());
  score.set_total_hundredths(total);
  score.set_comment(given.comment());
  *score.mutable_score_time() = ToTimestamp(now);
  return score;
}

}  // namespace jiebang::review
