// The pages of a document, filled from top to bottom: breaks, footers, headings.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_PAGES_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_PAGES_H_

#include <string>

#include "services/maturity/report/pdf_canvas.h"
#include "services/maturity/report/wording.h"

namespace jiebang::maturity::pdf {

// What is the same on every page.
struct Frame {
  std::string footer;     // on the left
  std::string watermark;  // across; empty: none
  int page_count = 0;     // of all pages; 0: not known yet
};

class Pages {
 public:
  // `surface` is drawn upon as long as this lives.
  Pages(cairo_surface_t* surface, Typesetter& typesetter, Frame frame);

  const Canvas& canvas() const { return canvas_; }
  int number() const { return number_; }

  // Where the next thing goes, and how much of the page is below it.
  double y() const { return y_; }
  double room() const { return kBottom - y_; }
  void MoveTo(double y) { y_ = y; }
  void Skip(double height) { y_ += height; }

  // Ends the page and begins the next one.
  void Break();

  // Begins the next page unless so much fits on this one.
  void Reserve(double height) {
    if (room() < height) Break();
  }

  // A heading, with an entry in the document's outline; stays with so much of what follows.
  void Heading(const Wording& title, double following);

  // Text over the whole width, over as many pages as it takes.
  void Text(std::string_view text, const TextStyle& style);

  // Ends the last page. Nothing may be drawn afterwards.
  void Finish();

 private:
  void Footer() const;
  void Watermark() const;

  cairo_surface_t* surface_;
  Canvas canvas_;
  Frame frame_;
  int number_ = 1;
  double y_ = kTop;
};

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_PAGES_H_
