// Draws on a page.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_CANVAS_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_CANVAS_H_

#include <string_view>
#include <vector>

#include "services/maturity/report/pdf_handles.h"
#include "services/maturity/report/pdf_style.h"
#include "services/maturity/report/pdf_typesetter.h"

namespace jiebang::maturity::pdf {

struct Point {
  double x = 0, y = 0;
};

struct Pen {
  Colour colour = kRule;
  double width = 0.6;
  bool dashed = false;
};

class Canvas {
 public:
  Canvas(cairo_surface_t* surface, Typesetter& typesetter) : cairo_(cairo_create(surface)), typesetter_(typesetter) {}

  cairo_t* cairo() const { return cairo_.get(); }
  Typesetter& typesetter() const { return typesetter_; }

  void Fill(const Box& box, const Colour& colour) const;
  void FillRounded(const Box& box, double radius, const Colour& colour) const;
  void Line(Point from, Point to, const Pen& pen) const;
  void FillPolygon(const std::vector<Point>& points, const Colour& colour) const;
  void DrawPolygon(const std::vector<Point>& points, const Pen& pen) const;
  void Dot(Point centre, double radius, const Colour& colour) const;

  // A tick within a square, for fonts that have none.
  void Tick(Point upper_left, double size, const Colour& colour) const;

  // From the point down, in lines of at most this width (0: one line); answers with the height.
  double Text(Point upper_left, std::string_view text, const TextStyle& style, double width = 0) const;

  // In the middle of the height of the box.
  void TextWithin(const Box& box, std::string_view text, const TextStyle& style) const;

 private:
  void Path(const std::vector<Point>& points) const;
  void Use(const Colour& colour) const;
  void Use(const Pen& pen) const;

  Owned<cairo_t> cairo_;
  Typesetter& typesetter_;
};

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_CANVAS_H_
