#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/clock/timestamp.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/wording.h"
#include "services/maturity/report/xlsx_sheets.h"

namespace jiebang::maturity::xlsx {
namespace {

// Writes from the top down.
class Overview {
 public:
  Overview(Sheet sheet, const Contents& contents) : sheet_(sheet), contents_(contents) {}

  void Write() {
    sheet_.Width(0, 30);
    sheet_.Width(1, 64);
    sheet_.Width(2, 18);
    sheet_.Width(3, 18);
    sheet_.Text(row_, 0, "智能制造能力成熟度自评估 Maturity self-assessment", Look::kTitle);
    row_ += 2;
    Facts();
    ++row_;
    Levels();
    ++row_;
    Tailoring();
    Rules();
  }

 private:
  void Fact(const std::string& label, const std::string& text) {
    sheet_.Text(row_, 0, label, Look::kMuted);
    sheet_.Text(row_++, 1, text, Look::kWrapped);
  }

  void Facts() {
    const Report& report = contents_.report();
    const v1::Assessment& assessment = contents_.assessment();
    const v1::Result& result = contents_.result();
    Fact("自评估 Assessment", assessment.name());
    Fact("状态 State", StateName(assessment.state()).Both());
    Fact("评估对象 Object", absl::StrCat(report.object.title(), "（", KindName(report.object.kind()).zh, "）"));
    Fact("模型 Model", contents_.model().title_zh());
    Fact("生产类型 Type", TypeName(assessment.manufacturing_type()).Both());
    if (assessment.has_submit_time()) {
      Fact("提交时间 Submitted", DateAndTime(FromTimestamp(assessment.submit_time())));
    }
    Fact("出具时间 Issued", DateAndTime(report.generated));
    Fact("作答 Answered", absl::StrCat(result.answered_count(), " / ", result.item_count()));
    Fact("等级 Level", absl::StrCat(LevelNumber(result.level()).zh, " ", LevelName(result.level()).zh, " ",
                                    LevelNumber(result.level()).en));
    sheet_.Text(row_, 0, "总分 Total", Look::kMuted);
    sheet_.Number(row_, 1, ToDouble(result.total()), Look::kTwoPlaces);
    sheet_.Text(row_++, 2, Exact(result.total()), Look::kMuted);
    if (report.verification) {
      const v1::Result& verified = report.verification->verified();
      Fact("核验 Verified",
           absl::StrCat(LevelNumber(verified.level()).zh, "，", Rounded(verified.total(), 2),
                        report.verification->state() == v1::Verification::STATE_COMPLETED ? "" : "（进行中 open）"));
    }
    if (report.previous) {
      Fact("上次 Previous",
           absl::StrCat(Date(FromTimestamp(report.previous->submit_time())), "：",
                        LevelNumber(report.previous->level()).zh, "，", Rounded(report.previous->total(), 2)));
    }
  }

  void Levels() {
    const char* const titles[] = {"级别 Level", "是否满足 Satisfied", "得分 Score", "精确值 Exact"};
    for (int i = 0; i < 4; ++i) sheet_.Text(row_, i, titles[i], Look::kHeader);
    ++row_;
    for (const v1::LevelScore& level : contents_.result().levels()) {
      sheet_.Text(row_, 0, absl::StrCat(LevelNumber(level.level()).zh, " ", LevelName(level.level()).zh));
      sheet_.Text(row_, 1, level.satisfied() ? "满足 yes" : "未满足 no");
      sheet_.Number(row_, 2, ToDouble(level.score()), level.satisfied() ? Look::kGood : Look::kShort);
      sheet_.Text(row_++, 3, Exact(level.score()), Look::kExact);
    }
  }

  void Tailoring() {
    if (contents_.assessment().tailored_subdomains().empty()) return;
    sheet_.Text(row_, 0, "裁剪的子域 Left out", Look::kHeader);
    sheet_.Text(row_++, 1, "理由 Reason", Look::kHeader);
    for (const v1::TailoredSubdomain& one : contents_.assessment().tailored_subdomains()) {
      const Leaf* leaf = contents_.report().model->FindSubdomain(one.subdomain());
      sheet_.Text(row_, 0, leaf == nullptr ? one.subdomain() : leaf->subdomain->title_zh());
      sheet_.Text(row_++, 1, one.reason(), Look::kWrapped);
    }
    ++row_;
  }

  void Rules() {
    sheet_.Text(row_, 0, "规则与声明 Rules and caveats", Look::kHeader);
    sheet_.Text(row_++, 1, "", Look::kHeader);
    Fact("声明 Caveat", SelfAssessmentCaveat().zh);
    Fact("", SelfAssessmentCaveat().en);
    int number = 0;
    for (const Wording& rule : RulesOf(contents_.model())) {
      Fact(absl::StrCat("规则 Rule ", ++number), rule.zh);
      Fact("", rule.en);
    }
  }

  Sheet sheet_;
  const Contents& contents_;
  int row_ = 0;
};

}  // namespace

void WriteOverview(Workbook& workbook, const Contents& contents) {
  Sheet sheet = workbook.AddSheet("概览 Overview");
  sheet.PrintOnePageWide();
  Overview(sheet, contents).Write();
}

}  // namespace jiebang::maturity::xlsx
