// Sets text in lines.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_TYPESETTER_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_TYPESETTER_H_

#include <string_view>

#include "services/maturity/report/pdf_handles.h"
#include "services/maturity/report/pdf_style.h"

namespace jiebang::maturity::pdf {

// A text set in lines, to be drawn as often as one likes.
class Paragraph {
 public:
  double width() const;
  double height() const;
  int lines() const { return pango_layout_get_line_count(layout_.get()); }

  // The height of so many lines from `first` on, as many as fit into `room`.
  struct Run {
    int lines = 0;
    double height = 0;
  };
  Run FittingFrom(int first, double room) const;

  // Its upper left corner at the point.
  void Draw(cairo_t* cairo, double x, double y) const { DrawLines(cairo, x, y, 0, lines()); }
  void DrawLines(cairo_t* cairo, double x, double y, int first, int count) const;

 private:
  friend class Typesetter;
  Paragraph(Owned<PangoLayout> layout, Colour colour) : layout_(std::move(layout)), colour_(colour) {}

  Owned<PangoLayout> layout_;
  Colour colour_;
};

// Has fonts of its own, because Pango's may not be shared by threads. What it sets has the same measures on any
// surface.
class Typesetter {
 public:
  Typesetter();

  // Lines of at most this width, broken between words or characters; 0: one line as wide as the text.
  Paragraph Set(std::string_view text, const TextStyle& style, double width = 0);

  // How many characters of what was set no font has a glyph for.
  int missing_glyphs() const { return missing_glyphs_; }

 private:
  Owned<PangoFontMap> fonts_;
  Owned<PangoContext> context_;
  Owned<PangoAttrList> attributes_;
  int missing_glyphs_ = 0;
};

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_TYPESETTER_H_
