#include "services/maturity/report/pdf_level_bars.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/wording.h"

namespace jiebang::maturity::pdf {
namespace {

constexpr double kLevelWidth = 66;
constexpr double kFigureWidth = 92;
constexpr double kBarsTitleHeight = 20;
constexpr double kBarHeight = 10;

}  // namespace

void DrawLevelBars(const Canvas& canvas, const Box& box, const Contents& contents) {
  const double threshold = contents.model().satisfied_permille() / 1000.0;
  const double left = box.x + kLevelWidth;
  const double length = box.width - kLevelWidth - kFigureWidth;
  const double line = left + length * threshold;

  canvas.Text({box.x, box.y}, "各级得分 Level scores", {.size = 9, .bold = true, .colour = kBrand});
  canvas.Text({line - 60, box.y + 4}, absl::StrFormat("满足线 %.1f", threshold),
              {.size = 7, .colour = kMuted, .align = Align::kCentre}, 120);

  const int count = std::max(contents.result().levels_size(), 1);
  const double pitch = (box.height - kBarsTitleHeight) / count;
  double y = box.y + kBarsTitleHeight;
  for (const v1::LevelScore& level : contents.result().levels()) {
    const double bar = y + (pitch - kBarHeight) / 2;
    const Colour& colour = level.satisfied() ? kGood : kShort;
    canvas.TextWithin({box.x, y, kLevelWidth, pitch},
                      absl::StrCat(LevelNumber(level.level()).zh, " ", LevelName(level.level()).zh), {.size = 8.5});
    canvas.FillRounded({left, bar, length, kBarHeight}, 2, kTrack);
    // Cut off by the track's own corners: a short bar of rounded corners would look like a dot.
    canvas.Fill({left, bar, length * std::clamp(ToDouble(level.score()), 0.0, 1.0), kBarHeight}, colour);
    const double figure = left + length + 8;
    canvas.TextWithin({figure, y, 34, pitch}, Rounded(level.score(), 4), {.size = 8.5, .bold = true, .colour = colour});
    if (level.satisfied()) canvas.Tick({figure + 37, y + pitch / 2 - 4}, 8, kGood);
    canvas.TextWithin({figure + 48, y, kFigureWidth - 56, pitch}, level.satisfied() ? "满足" : "未满足",
                      {.size = 8, .colour = colour});
    y += pitch;
  }
  canvas.Line({line, box.y + kBarsTitleHeight - 4}, {line, y}, {.colour = kInk, .width = 0.9, .dashed = true});
}

}  // namespace jiebang::maturity::pdf
