#include "services/maturity/report/pdf_canvas.h"

#include <algorithm>
#include <array>
#include <numbers>

namespace jiebang::maturity::pdf {

void Canvas::Use(const Colour& colour) const {
  cairo_set_source_rgba(cairo(), colour.red, colour.green, colour.blue, colour.alpha);
}

void Canvas::Use(const Pen& pen) const {
  static constexpr std::array<double, 2> kDashes = {3, 2};
  Use(pen.colour);
  cairo_set_line_width(cairo(), pen.width);
  cairo_set_line_join(cairo(), CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash(cairo(), kDashes.data(), pen.dashed ? kDashes.size() : 0, 0);
}

void Canvas::Path(const std::vector<Point>& points) const {
  for (const Point& point : points) cairo_line_to(cairo(), point.x, point.y);
  cairo_close_path(cairo());
}

void Canvas::Fill(const Box& box, const Colour& colour) const {
  Use(colour);
  cairo_rectangle(cairo(), box.x, box.y, box.width, box.height);
  cairo_fill(cairo());
}

void Canvas::FillRounded(const Box& box, double radius, const Colour& colour) const {
  constexpr double kQuarter = std::numbers::pi / 2;
  radius = std::min({radius, box.width / 2, box.height / 2});
  const double left = box.x + radius, right = box.x + box.width - radius;
  const double top = box.y + radius, bottom = box.y + box.height - radius;
  Use(colour);
  cairo_new_sub_path(cairo());
  cairo_arc(cairo(), right, top, radius, -kQuarter, 0);
  cairo_arc(cairo(), right, bottom, radius, 0, kQuarter);
  cairo_arc(cairo(), left, bottom, radius, kQuarter, 2 * kQuarter);
  cairo_arc(cairo(), left, top, radius, 2 * kQuarter, 3 * kQuarter);
  cairo_close_path(cairo());
  cairo_fill(cairo());
}

void Canvas::Line(Point from, Point to, const Pen& pen) const {
  Use(pen);
  cairo_move_to(cairo(), from.x, from.y);
  cairo_line_to(cairo(), to.x, to.y);
  cairo_stroke(cairo());
}

void Canvas::FillPolygon(const std::vector<Point>& points, const Colour& colour) const {
  Use(colour);
  Path(points);
  cairo_fill(cairo());
}

void Canvas::DrawPolygon(const std::vector<Point>& points, const Pen& pen) const {
  Use(pen);
  Path(points);
  cairo_stroke(cairo());
}

void Canvas::Dot(Point centre, double radius, const Colour& colour) const {
  Use(colour);
  cairo_new_sub_path(cairo());
  cairo_arc(cairo(), centre.x, centre.y, radius, 0, 2 * std::numbers::pi);
  cairo_fill(cairo());
}

void Canvas::Tick(Point upper_left, double size, const Colour& colour) const {
  Use(Pen{.colour = colour, .width = size / 6});
  cairo_move_to(cairo(), upper_left.x + size * 0.12, upper_left.y + size * 0.55);
  cairo_line_to(cairo(), upper_left.x + size * 0.40, upper_left.y + size * 0.82);
  cairo_line_to(cairo(), upper_left.x + size * 0.88, upper_left.y + size * 0.20);
  cairo_stroke(cairo());
}

double Canvas::Text(Point upper_left, std::string_view text, const TextStyle& style, double width) const {
  const Paragraph paragraph = typesetter_.Set(text, style, width);
  paragraph.Draw(cairo(), upper_left.x, upper_left.y);
  return paragraph.height();
}

void Canvas::TextWithin(const Box& box, std::string_view text, const TextStyle& style) const {
  const Paragraph paragraph = typesetter_.Set(text, style, box.width);
  paragraph.Draw(cairo(), box.x, box.y + (box.height - paragraph.height()) / 2);
}

}  // namespace jiebang::maturity::pdf
