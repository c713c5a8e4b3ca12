#include "services/maturity/report/pdf_front_page.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/clock/timestamp.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/pdf_front_result.h"
#include "services/maturity/report/pdf_level_bars.h"
#include "services/maturity/report/pdf_radar.h"
#include "services/maturity/report/pdf_step_table.h"

namespace jiebang::maturity::pdf {
namespace {

constexpr double kBannerHeight = 66;
constexpr double kColumnGap = 16;

void DrawTitle(const Canvas& canvas, const Contents& contents) {
  canvas.Fill({0, 0, kPageWidth, kBannerHeight}, kBrand);
  canvas.Text({kMargin, 14}, "智能制造能力成熟度自评估报告", {.size = 19, .bold = true, .colour = kWhite});
  canvas.Text({kMargin, 43}, "Smart-manufacturing capability maturity: self-assessment report",
              {.size = 8.5, .colour = kWhite});
  const Wording state = StateName(contents.assessment().state());
  const Box chip{kPageWidth - kMargin - 88, 22, 88, 22};
  canvas.FillRounded(chip, 4, contents.is_draft() ? kShortTint : kGoodTint);
  canvas.TextWithin(chip, state.Both(),
                    {.size = 9, .bold = true, .colour = contents.is_draft() ? kShort : kGood, .align = Align::kCentre});
}

std::string UsccOf(const Contents& contents) {
  const std::vector<std::string> parts = absl::StrSplit(contents.assessment().name(), '/');
  return parts.size() > 1 ? parts[1] : "";
}

// Label and text; answers with the height.
double DrawFact(const Canvas& canvas, Point at, double width, const Wording& label, const std::string& text) {
  constexpr double kLabel = 84;
  canvas.Text(at, label.Both(), {.size = 8, .colour = kMuted}, kLabel);
  return canvas.Text({at.x + kLabel, at.y}, text, {.size = 8.5, .most_lines = 2}, width - kLabel);
}

double DrawFacts(const Canvas& canvas, double top, const Contents& contents) {
  const v1::AssessmentObject& object = contents.report().object;
  const v1::Assessment& assessment = contents.assessment();
  const Wording kind = KindName(object.kind());
  const std::string size = SizeName(object.size()).zh;
  const absl::Time when = FromTimestamp(contents.is_draft() ? assessment.update_time() : assessment.submit_time());

  const double left_width = 290;
  double y = top;
  const auto left = [&](const Wording& label, const std::string& text) {
    y += DrawFact(canvas, {kMargin, y}, left_width, label, text) + 2;
  };
  left({"评估对象", "Object"}, object.title());
  left({"对象类别", "Kind"}, absl::StrCat(kind.Both(), size.empty() ? "" : " · ", size));
  left({"企业", "Enterprise"}, UsccOf(contents));
  left({"模型", "Model"}, contents.model().title_zh());
  const double bottom = y;

  const double x = kMargin + left_width + kColumnGap;
  y = top;
  const auto right = [&](const Wording& label, const std::string& text) {
    y += DrawFact(canvas, {x, y}, kPageWidth - kMargin - x, label, text) + 2;
  };
  right({"生产类型", "Type"}, TypeName(assessment.manufacturing_type()).Both());
  right(contents.is_draft() ? Wording{"最后修改", "Changed"} : Wording{"提交时间", "Submitted"}, DateAndTime(when));
  right({"作答", "Answered"},
        absl::StrCat(contents.result().answered_count(), " / ", contents.result().item_count(), " 条"));
  right({"出具时间", "Issued"}, DateAndTime(contents.report().generated));
  return std::max(bottom, y);
}

// What the steps lead to, in a line.
std::string Outlook(const Contents& contents) {
  const v1::Diagnosis& diagnosis = contents.report().diagnosis;
  std::string text =
      absl::StrCat(LevelNumber(diagnosis.next_level()).zh, "现得 ", Rounded(diagnosis.score(), 4), "，距满足线差 ",
                   Rounded(diagnosis.shortfall(), 4), "；达标计划共 ", diagnosis.plan_size(), " 项");
  for (const v1::LevelScore& level : diagnosis.result_after_plan().levels()) {
    if (level.level() == diagnosis.next_level()) absl::StrAppend(&text, "，完成后得 ", Rounded(level.score(), 4));
  }
  return absl::StrCat(text, "。");
}

void DrawNextSteps(Pages& pages, const Contents& contents) {
  const v1::Diagnosis& diagnosis = contents.report().diagnosis;
  const Canvas& canvas = pages.canvas();
  const std::vector<Step> steps = contents.Steps();
  if (diagnosis.next_level() == 0 || steps.empty()) {
    if (contents.result().level() == kLevels) {
      canvas.Text({kMargin, pages.y()}, "已达到最高等级。 The highest level is reached.", {.size = 9, .colour = kGood});
    }
    return;
  }
  const std::string title = absl::StrCat("下一步：迈向", LevelNumber(diagnosis.next_level()).zh, " Next steps to ",
                                         absl::StrCat("level ", diagnosis.next_level()));
  canvas.Text({kMargin, pages.y()}, title, {.size = 9, .bold = true, .colour = kBrand});
  canvas.Text({kMargin + 190, pages.y() + 1}, Outlook(contents),
              {.size = 7.5, .colour = kMuted, .align = Align::kRight, .most_lines = 1}, kContentWidth - 190);
  pages.Skip(16);
  DrawSteps(pages, contents, steps, 0, kFrontSteps, true);
}

}  // namespace

void DrawFrontPage(Pages& pages, const Contents& contents) {
  const Canvas& canvas = pages.canvas();
  DrawTitle(canvas, contents);
  double y = DrawFacts(canvas, kBannerHeight + 12, contents) + 10;

  const double card = 172;
  DrawResultCard(canvas, {kMargin, y, card, 128}, contents);
  DrawLevelBars(canvas, {kMargin + card + kColumnGap, y, kContentWidth - card - kColumnGap, 128}, contents);
  y += 128 + 14;

  const double radar = 290;
  const double beside = kMargin + radar + kColumnGap;
  DrawRadar(canvas, {kMargin, y, radar, 258}, contents);
  DrawExtremes(canvas, {beside, y, kPageWidth - kMargin - beside, 258}, contents);
  y += 258 + 12;

  pages.MoveTo(y);
  DrawNextSteps(pages, contents);
}

}  // namespace jiebang::maturity::pdf
