#include "services/maturity/report/pdf_front_result.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/clock/timestamp.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/pdf_front_page.h"
#include "services/maturity/report/wording.h"

namespace jiebang::maturity::pdf {
namespace {

constexpr double kPad = 10;

std::string PreviousLine(const v1::TrendPoint& previous) {
  return absl::StrCat("上次 Previous ", Date(FromTimestamp(previous.submit_time())), "：",
                      LevelNumber(previous.level()).zh, "，", Rounded(previous.total(), 2));
}

std::string VerifiedLine(const v1::Verification& verification) {
  const bool open = verification.state() != v1::Verification::STATE_COMPLETED;
  return absl::StrCat(open ? "核验（进行中）Verified so far：" : "核验 Verified：",
                      LevelNumber(verification.verified().level()).zh, "，",
                      Rounded(verification.verified().total(), 2));
}

double DrawReachRow(const Canvas& canvas, Point at, double width, const Reach& reach, const Colour& colour) {
  constexpr double kHeight = 14;
  constexpr double kName = 58;
  constexpr double kFigure = 30;
  const double length = width - kName - kFigure;
  canvas.TextWithin({at.x, at.y, kName, kHeight}, reach.leaf->subdomain->title_zh(), {.size = 8.5, .most_lines = 1});
  canvas.Fill({at.x + kName, at.y + 4, length, 6}, kTrack);
  canvas.Fill({at.x + kName, at.y + 4, length * std::clamp(reach.reach / kLevels, 0.0, 1.0), 6}, colour);
  canvas.TextWithin({at.x + kName + length, at.y, kFigure, kHeight}, absl::StrFormat("%.2f", reach.reach),
                    {.size = 8.5, .bold = true, .colour = colour, .align = Align::kRight});
  return kHeight;
}

double DrawReaches(const Canvas& canvas, Point at, double width, std::string_view title,
                   const std::vector<Reach>& reaches, const Colour& colour) {
  double y = at.y + canvas.Text(at, title, {.size = 9, .bold = true, .colour = kBrand}) + 3;
  for (const Reach& reach : reaches) y += DrawReachRow(canvas, {at.x, y}, width, reach, colour);
  return y - at.y;
}

std::string ClauseLine(const programme::v1::Clause& clause) {
  if (clause.document().empty()) return "平台规定 Set by the platform";
  return absl::StrCat(clause.document(), " ", clause.section());
}

void DrawConditions(const Canvas& canvas, Point at, double width, const Contents& contents) {
  const v1::Diagnosis& diagnosis = contents.report().diagnosis;
  if (diagnosis.next_level() == 0) return;
  double y = at.y +
             canvas.Text(
                 at, absl::StrCat("达到", LevelNumber(diagnosis.next_level()).zh, "后满足的申报条件 Conditions opened"),
                 {.size = 9, .bold = true, .colour = kBrand, .most_lines = 1}, width) +
             3;
  if (diagnosis.opens().empty()) {
    canvas.Text({at.x, y}, "没有项目以该等级为条件。 No programme asks for this level.", {.size = 8, .colour = kMuted},
                width);
    return;
  }
  for (int i = 0; i < std::min(diagnosis.opens_size(), kFrontConditions); ++i) {
    const v1::OpenedCondition& opened = diagnosis.opens(i);
    y += canvas.Text({at.x, y}, opened.text().zh(), {.size = 8, .most_lines = 2}, width);
    // The clause first: a long title of a programme would push it off its lines.
    y += canvas.Text({at.x, y}, absl::StrCat(ClauseLine(opened.clause()), "，", opened.programme_title().zh()),
                     {.size = 7, .colour = kMuted, .most_lines = 2}, width) +
         4;
  }
  if (diagnosis.opens_size() > kFrontConditions) {
    canvas.Text({at.x, y},
                absl::StrCat("另有 ", diagnosis.opens_size() - kFrontConditions, " 项，见后页。 More on later pages."),
                {.size = 7.5, .colour = kMuted, .most_lines = 1}, width);
  }
}

}  // namespace

void DrawResultCard(const Canvas& canvas, const Box& box, const Contents& contents) {
  const v1::Result& result = contents.result();
  const double x = box.x + kPad;
  const double width = box.width - 2 * kPad;
  canvas.FillRounded(box, 5, kBrandTint);
  canvas.Text({x, box.y + 7}, contents.is_draft() ? "等级（草稿，暂计） Level so far" : "等级 Level",
              {.size = 8, .colour = kMuted});
  const Paragraph level = canvas.typesetter().Set(
      LevelNumber(result.level()).zh, {.size = result.level() > 0 ? 32.0 : 24.0, .bold = true, .colour = kBrand});
  level.Draw(canvas.cairo(), x, box.y + 13);
  const double beside = x + level.width() + 8;
  canvas.Text({beside, box.y + 25}, LevelName(result.level()).zh, {.size = 12, .bold = true, .colour = kBrand});
  canvas.Text({beside, box.y + 41}, absl::StrCat(LevelNumber(result.level()).en, " ", LevelName(result.level()).en),
              {.size = 7.5, .colour = kMuted, .most_lines = 1}, box.x + box.width - beside - 4);
  canvas.Line({x, box.y + 64}, {x + width, box.y + 64}, {.colour = kRule, .width = 0.6});

  canvas.Text({x, box.y + 74}, "总分 Total", {.size = 8, .colour = kMuted});
  const Paragraph total =
      canvas.typesetter().Set(Rounded(result.total(), 2), {.size = 20, .bold = true, .colour = kBrand});
  total.Draw(canvas.cairo(), x + 48, box.y + 63);
  canvas.Text({x + 48 + total.width() + 4, box.y + 76}, absl::StrCat("/ 5（", Rounded(result.total(), 4), "）"),
              {.size = 8, .colour = kMuted});

  double y = box.y + 97;
  const TextStyle line{.size = 7.5, .colour = kInk, .most_lines = 1};
  if (contents.report().previous) y += canvas.Text({x, y}, PreviousLine(*contents.report().previous), line, width) + 2;
  if (contents.report().verification) canvas.Text({x, y}, VerifiedLine(*contents.report().verification), line, width);
}

void DrawExtremes(const Canvas& canvas, const Box& box, const Contents& contents) {
  double y = box.y;
  y += DrawReaches(canvas, {box.x, y}, box.width, "最强三项 Strongest", contents.Strongest(3), kGood) + 8;
  y += DrawReaches(canvas, {box.x, y}, box.width, "最弱三项 Weakest", contents.Weakest(3), kShort) + 8;
  DrawConditions(canvas, {box.x, y}, box.width, contents);
}

}  // namespace jiebang::maturity::pdf
