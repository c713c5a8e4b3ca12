#include "services/maturity/report/wording.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace jiebang::maturity {
namespace {

Wording EmptyCellRule(v1::Model::EmptyCellRule rule) {
  if (rule == v1::Model::EMPTY_CELL_RULE_RENORMALISE) {
    return {"子域在某一级没有条目时，该级不计该子域，其余子域的权重按比例放大。",
            "A subdomain without items at a level drops out there, and the weights of the others are scaled up."};
  }
  return {"子域在某一级没有条目时，取其有条目的最近较低一级的得分（表中以“←级别”标明）。",
          "A subdomain without items at a level takes its score from the highest lower level that has items (marked "
          "\"←level\" in the table)."};
}

Wording TotalRule(v1::Model::TotalRule rule) {
  if (rule == v1::Model::TOTAL_RULE_LITERAL_SUM) {
    return {"总分：满足的级别各计 1 分，其余级别各计其得分。",
            "Total: every satisfied level counts 1, every other level its score."};
  }
  return {
      "总分：自一级起逐级累计，满足的级别计 1 分，第一个未满足的级别计其得分，更高的级别不计。",
      "Total: up from level 1 a satisfied level counts 1, the first one that is not satisfied its score, those above "
      "nothing."};
}

Wording TailoringRule(v1::Model::TailoringRule rule) {
  if (rule == v1::Model::TAILORING_RULE_ACROSS_MODEL) {
    return {"裁剪的子域的权重按比例分给模型中其余全部子域。",
            "The weight of what is tailored out goes to all other subdomains of the model in proportion."};
  }
  return {"裁剪的子域的权重按比例分给同一层的其余部分（同一能力域内的子域、同一能力要素内的能力域）。",
          "The weight of what is tailored out goes to the rest of its own layer in proportion."};
}

}  // namespace

Wording LevelNumber(int level) {
  static constexpr std::array<const char*, 6> kNumerals = {"未达一", "一", "二", "三", "四", "五"};
  if (level < 0 || level > 5) return {absl::StrCat(level, " 级"), absl::StrCat("Level ", level)};
  return {absl::StrCat(kNumerals[level], "级"), level == 0 ? "Below level 1" : absl::StrCat("Level ", level)};
}

Wording LevelName(int level) {
  switch (level) {
    case 1:
      return {"规划级", "Planning"};
    case 2:
      return {"规范级", "Normative"};
    case 3:
      return {"集成级", "Integrated"};
    case 4:
      return {"优化级", "Optimised"};
    case 5:
      return {"引领级", "Leading"};
    default:
      return {};
  }
}

Wording DegreeName(const v1::Model& model, v1::Degree degree) {
  for (const v1::ScaleStep& step : model.scale()) {
    if (step.degree() == degree && !step.title_zh().empty()) return {step.title_zh(), step.title_en()};
  }
  switch (degree) {
    case v1::DEGREE_NOT:
      return {"不满足", "Not"};
    case v1::DEGREE_PARTLY:
      return {"部分满足", "Partly"};
    case v1::DEGREE_MOSTLY:
      return {"大部分满足", "Mostly"};
    case v1::DEGREE_FULLY:
      return {"全部满足", "Fully"};
    default:
      return {"未作答", "Not answered"};
  }
}

Wording EvidenceDegreeName(v1::Answer::EvidenceDegree degree) {
  switch (degree) {
    case v1::Answer::EVIDENCE_DEGREE_NONE:
      return {"无", "None"};
    case v1::Answer::EVIDENCE_DEGREE_STATED:
      return {"访谈", "Stated"};
    case v1::Answer::EVIDENCE_DEGREE_DOCUMENTED:
      return {"文件", "Documented"};
    case v1::Answer::EVIDENCE_DEGREE_DEMONSTRATED:
      return {"演示", "Demonstrated"};
    default:
      return {};
  }
}

Wording TypeName(v1::ManufacturingType type) {
  switch (type) {
    case v1::MANUFACTURING_TYPE_DISCRETE:
      return {"离散型", "Discrete"};
    case v1::MANUFACTURING_TYPE_PROCESS:
      return {"流程型", "Process"};
    default:
      return {};
  }
}

Wording KindName(v1::AssessmentObject::Kind kind) {
  switch (kind) {
    case v1::AssessmentObject::KIND_PLANT:
      return {"工厂", "Plant"};
    case v1::AssessmentObject::KIND_WORKSHOP:
      return {"车间", "Workshop"};
    case v1::AssessmentObject::KIND_BRANCH:
      return {"分支机构", "Branch"};
    case v1::AssessmentObject::KIND_ENTERPRISE:
      return {"法人整体", "Whole enterprise"};
    default:
      return {};
  }
}

Wording SizeName(v1::EnterpriseSize size) {
  switch (size) {
    case v1::ENTERPRISE_SIZE_LARGE:
      return {"大型企业", "Large"};
    case v1::ENTERPRISE_SIZE_MEDIUM:
      return {"中型企业", "Medium"};
    case v1::ENTERPRISE_SIZE_SMALL:
      return {"小型企业", "Small"};
    case v1::ENTERPRISE_SIZE_MICRO:
      return {"微型企业", "Micro"};
    default:
      return {};
  }
}

Wording StateName(v1::Assessment::State state) {
  if (state == v1::Assessment::STATE_SUBMITTED) return {"已提交", "Submitted"};
  return {"草稿", "Draft"};
}

std::vector<Wording> RulesOf(const v1::Model& model) {
  const std::string threshold =
      absl::StrFormat("%d.%03d", model.satisfied_permille() / 1000, model.satisfied_permille() % 1000);
  return {
      {absl::StrCat("级别得分达到 ", threshold, " 即为满足该级；等级为自一级起连续满足的最高一级。"),
       absl::StrCat(
           "A level whose score reaches ", threshold,
           " is satisfied; the level reached is the highest of those satisfied from level 1 on without a gap.")},
      {"子域得分为其条目得分的平均；各级得分为子域得分按权重之和。未作答的条目按不满足计。",
       "A subdomain's score is the mean of its items, a level's the weighted sum of its subdomains. An item that is "
       "not "
       "answered counts as not satisfied."},
      EmptyCellRule(model.empty_cell_rule()),
      TotalRule(model.total_rule()),
      TailoringRule(model.tailoring_rule()),
      {"证据程度只说明证据的充分性，不影响得分。", "How well evidence bears an answer out never changes a score."},
  };
}

Wording SelfAssessmentCaveat() {
  return {"本报告的数据由企业自评估得出，不是第三方评估结论，不构成认证。",
          "The figures are an enterprise's self-assessment: no third party's finding, and no certificate."};
}

}  // namespace jiebang::maturity
