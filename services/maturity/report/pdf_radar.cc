#include "services/maturity/report/pdf_radar.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity::pdf {
namespace {

constexpr double kWheelTitleHeight = 20;
constexpr double kLegendHeight = 14;
constexpr double kSpokeWidth = 46;  // five characters
constexpr double kSpokeHeight = 11;

// The wheel: spokes from the top clockwise, rings for the levels.
class Wheel {
 public:
  Wheel(Point centre, double radius, std::size_t spokes) : centre_(centre), radius_(radius), spokes_(spokes) {}

  Point At(std::size_t spoke, double level) const {
    const double angle = Angle(spoke);
    const double distance = radius_ * level / kLevels;
    return {centre_.x + distance * std::sin(angle), centre_.y - distance * std::cos(angle)};
  }
  std::vector<Point> Ring(double level) const {
    std::vector<Point> points;
    for (std::size_t i = 0; i < spokes_; ++i) points.push_back(At(i, level));
    return points;
  }
  double Angle(std::size_t spoke) const {
    return 2 * std::numbers::pi * static_cast<double>(spoke) / static_cast<double>(spokes_);
  }
  Point centre() const { return centre_; }

 private:
  Point centre_;
  double radius_;
  std::size_t spokes_;
};

void DrawGrid(const Canvas& canvas, const Wheel& wheel, const Contents& contents) {
  for (std::size_t i = 0; i < contents.reaches().size(); ++i) {
    canvas.Line(wheel.centre(), wheel.At(i, kLevels), {.colour = kRule, .width = 0.4});
  }
  for (int level = 1; level <= kLevels; ++level) {
    const bool next = level == contents.report().diagnosis.next_level();
    canvas.DrawPolygon(wheel.Ring(level), {.colour = next ? kShort : kRule, .width = next ? 1.0 : 0.5, .dashed = next});
  }
}

// Beside the first spoke, on white so that lines do not cross them.
void LabelRings(const Canvas& canvas, const Wheel& wheel) {
  for (int level = 1; level <= kLevels; ++level) {
    const Point at = wheel.At(0, level);
    canvas.Fill({at.x - 4, at.y - 4, 8, 8}, {.red = 1, .green = 1, .blue = 1, .alpha = 0.75});
    canvas.TextWithin({at.x - 6, at.y - 5, 12, 10}, absl::StrCat(level),
                      {.size = 6.5, .colour = kMuted, .align = Align::kCentre});
  }
}

// Outside the wheel, each beginning, ending or centred where its spoke does.
void LabelSpokes(const Canvas& canvas, const Wheel& wheel, const Contents& contents) {
  for (std::size_t i = 0; i < contents.reaches().size(); ++i) {
    const Reach& reach = contents.reaches()[i];
    const double sine = std::sin(wheel.Angle(i));
    const double cosine = std::cos(wheel.Angle(i));
    const Point end = wheel.At(i, kLevels * 1.05);
    TextStyle style{.size = 7.5, .align = Align::kCentre, .most_lines = 1};
    double x = end.x - kSpokeWidth / 2;
    if (sine > 0.15) {
      style.align = Align::kLeft;
      x = end.x;
    } else if (sine < -0.15) {
      style.align = Align::kRight;
      x = end.x - kSpokeWidth;
    }
    const double y = end.y - kSpokeHeight / 2 - cosine * kSpokeHeight / 2;
    canvas.TextWithin({x, y, kSpokeWidth, kSpokeHeight}, reach.leaf->subdomain->title_zh(), style);
  }
}

void DrawReaches(const Canvas& canvas, const Wheel& wheel, const Contents& contents) {
  std::vector<Point> now, before;
  for (std::size_t i = 0; i < contents.reaches().size(); ++i) {
    const Reach& reach = contents.reaches()[i];
    now.push_back(wheel.At(i, std::clamp(reach.reach, 0.0, 1.0 * kLevels)));
    before.push_back(wheel.At(i, std::clamp(reach.previous, 0.0, 1.0 * kLevels)));
  }
  if (contents.report().previous) canvas.DrawPolygon(before, {.colour = kMuted, .width = 0.9, .dashed = true});
  canvas.FillPolygon(now, {.red = kBrand.red, .green = kBrand.green, .blue = kBrand.blue, .alpha = 0.16});
  canvas.DrawPolygon(now, {.colour = kBrand, .width = 1.4});
  for (const Point& point : now) canvas.Dot(point, 1.7, kBrand);
}

void DrawLegend(const Canvas& canvas, Point at, const Contents& contents) {
  const auto entry = [&](const Pen& pen, std::string_view text) {
    canvas.Line({at.x, at.y + 5}, {at.x + 14, at.y + 5}, pen);
    const Paragraph label = canvas.typesetter().Set(text, {.size = 7, .colour = kMuted});
    label.Draw(canvas.cairo(), at.x + 17, at.y);
    at.x += 17 + label.width() + 10;
  };
  entry({.colour = kBrand, .width = 1.4}, "本次 this assessment");
  if (contents.report().previous) entry({.colour = kMuted, .width = 0.9, .dashed = true}, "上次 previous");
  if (contents.report().diagnosis.next_level() > 0) {
    entry({.colour = kShort, .width = 1.0, .dashed = true}, "下一级 next level");
  }
}

}  // namespace

void DrawRadar(const Canvas& canvas, const Box& box, const Contents& contents) {
  canvas.Text({box.x, box.y}, "子域水平 Reach of the subdomains (0–5)", {.size = 9, .bold = true, .colour = kBrand});
  const double height = box.height - kWheelTitleHeight - kLegendHeight;
  const double radius = std::min(box.width / 2 - kSpokeWidth - 4, height / 2 - kSpokeHeight - 3);
  const Wheel wheel({box.x + box.width / 2, box.y + kWheelTitleHeight + height / 2}, radius, contents.reaches().size());
  DrawGrid(canvas, wheel, contents);
  DrawReaches(canvas, wheel, contents);
  LabelRings(canvas, wheel);
  LabelSpokes(canvas, wheel, contents);
  DrawLegend(canvas, {box.x, box.y + box.height - kLegendHeight + 3}, contents);
}

}  // namespace jiebang::maturity::pdf
