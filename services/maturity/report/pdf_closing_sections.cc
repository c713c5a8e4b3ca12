#include "absl/strings/str_cat.h"
#include "services/maturity/report/pdf_front_page.h"
#include "services/maturity/report/pdf_sections.h"
#include "services/maturity/report/pdf_step_table.h"
#include "services/maturity/report/pdf_table.h"

namespace jiebang::maturity::pdf {
namespace {

// Where a condition stands and how recent an assessment it wants.
std::string SourceOf(const v1::OpenedCondition& opened) {
  const programme::v1::Clause& clause = opened.clause();
  std::string text = clause.document().empty() ? "平台规定 Set by the platform"
                                               : absl::StrCat(clause.document(), " ", clause.section());
  if (opened.maximum_age_months() > 0) {
    absl::StrAppend(&text, "\n自评估须在 ", opened.maximum_age_months(), " 个月之内");
  }
  return text;
}

}  // namespace

void DrawFurtherSteps(Pages& pages, const Contents& contents) {
  const std::vector<Step> steps = contents.Steps();
  std::size_t planned = 0;
  for (const Step& step : steps) planned += step.in_plan ? 1 : 0;
  if (planned <= kFrontSteps) return;
  pages.Heading({"达标计划的其余步骤", "The other steps of the plan"}, 80);
  DrawSteps(pages, contents, steps, kFrontSteps, planned - kFrontSteps, false);
}

void DrawConditionList(Pages& pages, const Contents& contents) {
  const v1::Diagnosis& diagnosis = contents.report().diagnosis;
  if (diagnosis.opens().empty()) return;
  pages.Heading({absl::StrCat("达到", LevelNumber(diagnosis.next_level()).zh, "后满足的申报条件"),
                 absl::StrCat("Conditions that level ", diagnosis.next_level(), " meets")},
                80);
  Table table(pages, {{{"项目", "Programme"}, 140},
                      {{"条件", "Condition"}, 215},
                      {{"等级", "Level"}, 40, Align::kCentre},
                      {{"依据", "Clause"}, 120}});
  for (const v1::OpenedCondition& opened : diagnosis.opens()) {
    table.Row({{opened.programme_title().zh(), {.size = 8}},
               {opened.text().zh(), {.size = 8}},
               {LevelNumber(opened.least_level()).zh, {.size = 8}},
               {SourceOf(opened), {.size = 8}}});
  }
}

void DrawTailoring(Pages& pages, const Contents& contents) {
  if (contents.assessment().tailored_subdomains().empty()) return;
  pages.Heading({"裁剪的子域", "Subdomains left out"}, 60);
  Table table(pages, {{{"能力子域", "Subdomain"}, 130}, {{"理由", "Reason"}, 385}});
  for (const v1::TailoredSubdomain& one : contents.assessment().tailored_subdomains()) {
    const Leaf* leaf = contents.report().model->FindSubdomain(one.subdomain());
    table.Row(
        {{leaf == nullptr ? one.subdomain() : leaf->subdomain->title_zh(), {.size = 8}}, {one.reason(), {.size = 8}}});
  }
}

void DrawRules(Pages& pages, const Contents& contents) {
  pages.Heading({"计分规则与声明", "Rules and caveats"}, 120);
  const auto paragraph = [&](const Wording& words, bool bold) {
    pages.Text(words.zh, {.size = 8.5, .bold = bold});
    pages.Text(words.en, {.size = 7.5, .colour = kMuted});
    pages.Skip(5);
  };
  paragraph(SelfAssessmentCaveat(), true);
  for (const Wording& rule : RulesOf(contents.model())) paragraph(rule, false);
  paragraph({absl::StrCat("模型：", contents.model().title_zh(), "（", contents.model().name(), "）"),
             contents.model().source()},
            false);
}

}  // namespace jiebang::maturity::pdf
