#include "services/maturity/report/testing_report.h"

#include <algorithm>
#include <array>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/scope.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

constexpr char kName[] = "applicants/91320594MA1MXYZ12B/assessments/2026-suzhou";

absl::Time At(const char* time) {
  absl::Time parsed;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, time, &parsed, &error)) << error;
  return parsed;
}

v1::Fraction FractionOf(std::int64_t numerator, std::int64_t denominator) {
  v1::Fraction fraction;
  fraction.set_numerator(numerator);
  fraction.set_denominator(denominator);
  return fraction;
}

// Good at the levels that are reached, less so above, differently by item.
v1::Degree DegreeOfItem(const Leaf& leaf, const v1::Item& item) {
  const std::size_t spread = (leaf.id().size() * 7 + item.id().back() * 3 + item.level() * 5) % 6;
  if (item.level() <= 2) return spread == 0 ? v1::DEGREE_MOSTLY : v1::DEGREE_FULLY;
  if (item.level() == 3) {
    return std::array{v1::DEGREE_FULLY, v1::DEGREE_MOSTLY, v1::DEGREE_PARTLY,
                      v1::DEGREE_NOT,   v1::DEGREE_PARTLY, v1::DEGREE_MOSTLY}[spread];
  }
  return item.level() == 4 && spread < 2 ? v1::DEGREE_PARTLY : v1::DEGREE_NOT;
}

void AddNotes(v1::Assessment& assessment) {
  int number = 0;
  for (v1::Answer& answer : *assessment.mutable_answers()) {
    ++number;
    if (number % 3 == 0) answer.set_note(Prose(80));
    if (number % 3 == 1) answer.set_evidence_degree(static_cast<v1::Answer::EvidenceDegree>(number % 5));
    if (number % 7 == 0) {
      v1::Evidence& link = *answer.add_evidence();
      link.set_title("MES 系统截图：生产看板");
      link.set_link("https://files.example.cn/mes/看板-2026.png");
      v1::Evidence& attachment = *answer.add_evidence();
      attachment.set_title("设备联网率台账");
      attachment.set_attachment(absl::StrCat(kName, "/attachments/ledger"));
    }
  }
  assessment.mutable_answers(40)->set_note(Prose(1000));
}

v1::ItemGain GainOf(const Leaf& leaf, const v1::Item& item, v1::Degree degree, int rank) {
  v1::ItemGain gain;
  gain.set_item(item.id());
  gain.set_subdomain(leaf.id());
  gain.set_level(item.level());
  gain.set_degree(degree);
  *gain.mutable_gain() = FractionOf(211 - 3 * rank, 10000);
  gain.set_effort(1 + rank % 8 * 5);
  return gain;
}

v1::Diagnosis DiagnosisOf(const Report& report) {
  const int next = report.assessment.result().level() + 1;
  v1::Diagnosis diagnosis;
  diagnosis.set_level(next - 1);
  diagnosis.set_next_level(next);
  *diagnosis.mutable_score() = FractionOf(5642, 10000);
  *diagnosis.mutable_shortfall() = FractionOf(2358, 10000);
  int rank = 0;
  std::map<std::string, v1::Degree> degrees;
  for (const v1::Answer& answer : report.assessment.answers()) degrees[answer.item()] = answer.degree();
  for (const Leaf& leaf : report.model->leaves()) {
    for (const v1::Item& item : leaf.subdomain->items()) {
      if (item.level() != next || degrees[item.id()] == v1::DEGREE_FULLY) continue;
      *diagnosis.add_gains() = GainOf(leaf, item, degrees[item.id()], rank);
      if (rank++ < 17) *diagnosis.add_plan() = diagnosis.gains(diagnosis.gains_size() - 1);
    }
  }
  v1::LevelScore& after = *diagnosis.mutable_result_after_plan()->add_levels();
  after.set_level(next);
  *after.mutable_score() = FractionOf(8021, 10000);

  const auto add = [&](const std::string& programme, const std::string& text, const std::string& document,
                       const std::string& section) {
    v1::OpenedCondition& opened = *diagnosis.add_opens();
    opened.mutable_programme_title()->set_zh(programme);
    opened.mutable_text()->set_zh(text);
    opened.mutable_clause()->set_document(document);
    opened.mutable_clause()->set_section(section);
    opened.set_least_level(next);
  };
  add("陕西省智能工厂梯度培育（2024）", "卓越级智能工厂智能制造能力成熟度应达到三级及以上。", "陕工信发〔2024〕262号",
      "附件3 一、5");
  add("智能工厂梯度培育行动（2024）",
      "卓越级智能工厂应开展智能制造能力成熟度自评估并达到三级及以上，评估对象与申报的工厂一致。",
      "工信厅联通装〔2024〕399号", "附件1 二（三）");
  add("智能制造示范工厂揭榜任务（2025）", "申报主体达到三级及以上的优先推荐。", "工信厅联通装函〔2025〕12号",
      "三（二）");
  diagnosis.mutable_opens(2)->set_maximum_age_months(24);
  return diagnosis;
}

v1::Verification VerificationOf(const Report& report) {
  v1::Verification verification;
  verification.set_state(v1::Verification::STATE_COMPLETED);
  *verification.mutable_claimed() = report.assessment.result();
  *verification.mutable_verified() = report.assessment.result();
  for (int i = 0; i < 60; i += 4) {
    v1::Finding& finding = *verification.add_findings();
    const v1::Answer& answer = report.assessment.answers(i);
    finding.set_item(answer.item());
    finding.set_claimed(answer.degree());
    finding.set_verified(i % 8 == 0 ? v1::DEGREE_PARTLY : answer.degree());
    if (i % 8 == 0) finding.set_note("现场抽查 3 条产线，仅 1 条有记录，建议补齐后复核。");
  }
  return verification;
}

void AddReaches(Report& report) {
  v1::TrendPoint previous;
  previous.set_level(1);
  *previous.mutable_total() = FractionOf(17812, 10000);
  *previous.mutable_submit_time() = ToTimestamp(At("2025-10-12T09:00:00+08:00"));
  int number = 0;
  for (const v1::SubdomainScore& score : report.assessment.result().levels(0).subdomains()) {
    v1::SubdomainReach reach;
    reach.set_subdomain(score.subdomain());
    *reach.mutable_reach() = FractionOf(160 + (number * 37) % 150, 100);
    report.reaches.push_back(reach);
    *reach.mutable_reach() = FractionOf(110 + (number * 53) % 120, 100);
    *previous.add_subdomains() = reach;
    ++number;
  }
  report.previous = previous;
}

// The answers given, scored.
Report ReportOn(Answers answers) {
  Report report;
  report.model = ShippedModel();
  report.generated = At("2026-11-21T18:30:05+08:00");
  report.object.set_name("applicants/91320594MA1MXYZ12B/objects/suzhou");
  report.object.set_title("苏州精密电子有限公司吴江智能工厂（一期）");
  report.object.set_kind(v1::AssessmentObject::KIND_PLANT);
  report.object.set_size(v1::ENTERPRISE_SIZE_MEDIUM);
  v1::Assessment& assessment = report.assessment;
  assessment.set_name(kName);
  assessment.set_model(report.model->name());
  assessment.set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  assessment.set_etag("5f2c9b1e77a04d36");
  *assessment.mutable_update_time() = ToTimestamp(At("2026-11-20T16:05:00+08:00"));
  *assessment.mutable_tailored_subdomains() = Without({"product-service"});
  assessment.mutable_tailored_subdomains(0)->set_reason(
      "本工厂只做来料加工，产品交付后由委托方负责运行维护，企业不提供产品服务，也没有相应的岗位和合同约定。");
  *assessment.mutable_answers() = std::move(answers);
  const auto scope = Scope::Of(report.model, assessment.manufacturing_type(), assessment.tailored_subdomains(), "");
  EXPECT_THAT(scope, IsOk());
  *assessment.mutable_result() = ResultFor(*scope, assessment.answers());
  return report;
}

}  // namespace

std::string Prose(int count) {
  static constexpr std::array kCharacters = {"已", "建", "成", "生", "产", "管", "理", "系", "统", "，",
                                             "覆", "盖", "全", "部", "关", "键", "工", "序", "，", "数",
                                             "据", "自", "动", "采", "集", "并", "与", "计", "划", "联",
                                             "动", "；", "异", "常", "由", "班", "组", "处", "置", "。"};
  std::string prose;
  for (int i = 0; i < count; ++i) prose += kCharacters[static_cast<std::size_t>(i) % kCharacters.size()];
  return prose;
}

v1::Answer& FirstAnswer(Report& report) { return *report.assessment.mutable_answers(0); }

Report LevelTwoReport() {
  Report report = ReportOn(AnswerAll(*ShippedModel(), v1::MANUFACTURING_TYPE_DISCRETE, DegreeOfItem));
  report.assessment.set_state(v1::Assessment::STATE_SUBMITTED);
  *report.assessment.mutable_submit_time() = report.assessment.update_time();
  AddNotes(report.assessment);
  report.diagnosis = DiagnosisOf(report);
  report.verification = VerificationOf(report);
  AddReaches(report);
  return report;
}

Report DraftReport() {
  Report report =
      ReportOn(AnswerAll(*ShippedModel(), v1::MANUFACTURING_TYPE_DISCRETE, [](const Leaf& leaf, const v1::Item& item) {
        return item.level() <= 1 ? DegreeOfItem(leaf, item) : v1::DEGREE_UNSPECIFIED;
      }));
  report.assessment.set_state(v1::Assessment::STATE_DRAFT);
  AddReaches(report);
  report.previous.reset();
  report.diagnosis = DiagnosisOf(report);
  report.diagnosis.clear_opens();
  for (v1::ItemGain& gain : *report.diagnosis.mutable_plan()) gain.set_effort(1);
  for (v1::ItemGain& gain : *report.diagnosis.mutable_gains()) gain.set_effort(1);
  return report;
}

}  // namespace jiebang::maturity
