#include "services/maturity/report/pdf_pages.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include <cairo-pdf.h>

namespace jiebang::maturity::pdf {

Pages::Pages(cairo_surface_t* surface, Typesetter& typesetter, Frame frame)
    : surface_(surface), canvas_(surface, typesetter), frame_(std::move(frame)) {}

void Pages::Break() {
  Finish();
  ++number_;
  y_ = kTop;
}

void Pages::Finish() {
  Watermark();
  Footer();
  cairo_show_page(canvas_.cairo());
}

void Pages::Footer() const {
  const double y = kPageHeight - 34;
  canvas_.Line({kMargin, y}, {kPageWidth - kMargin, y}, {.colour = kRule, .width = 0.5});
  canvas_.Text({kMargin, y + 5}, frame_.footer, {.size = 7, .colour = kMuted, .most_lines = 1}, kContentWidth - 150);
  canvas_.Text(
      {kPageWidth - kMargin - 150, y + 5},
      absl::StrFormat("第 %d 页 / 共 %d 页  Page %d of %d", number_, frame_.page_count, number_, frame_.page_count),
      {.size = 7, .colour = kMuted, .align = Align::kRight}, 150);
}

// Over what is on the page, so faintly that everything can be read through it.
void Pages::Watermark() const {
  if (frame_.watermark.empty()) return;
  const TextStyle style{.size = 92, .bold = true, .colour = {.red = 0.55, .green = 0.12, .blue = 0.12, .alpha = 0.10}};
  const Paragraph text = canvas_.typesetter().Set(frame_.watermark, style);
  cairo_save(canvas_.cairo());
  cairo_translate(canvas_.cairo(), kPageWidth / 2, kPageHeight / 2);
  cairo_rotate(canvas_.cairo(), -std::atan2(kPageHeight, kPageWidth));
  text.Draw(canvas_.cairo(), -text.width() / 2, -text.height() / 2);
  cairo_restore(canvas_.cairo());
}

void Pages::Heading(const Wording& title, double following) {
  constexpr double kHeight = 30;
  if (y_ > kTop) Skip(14);
  Reserve(kHeight + following);
  if (cairo_surface_get_type(surface_) == CAIRO_SURFACE_TYPE_PDF) {
    cairo_pdf_surface_add_outline(surface_, CAIRO_PDF_OUTLINE_ROOT, title.Both().c_str(),
                                  absl::StrFormat("page=%d pos=[0 %d]", number_, static_cast<int>(y_)).c_str(),
                                  CAIRO_PDF_OUTLINE_FLAG_OPEN);
  }
  const Paragraph zh = canvas_.typesetter().Set(title.zh, {.size = 13, .bold = true, .colour = kBrand});
  zh.Draw(canvas_.cairo(), kMargin, y_);
  canvas_.Text({kMargin + zh.width() + 8, y_ + 4.5}, title.en, {.size = 9, .colour = kMuted});
  canvas_.Line({kMargin, y_ + 21}, {kPageWidth - kMargin, y_ + 21}, {.colour = kBrand, .width = 1});
  Skip(kHeight);
}

void Pages::Text(std::string_view text, const TextStyle& style) {
  const Paragraph paragraph = canvas_.typesetter().Set(text, style, kContentWidth);
  for (int first = 0; first < paragraph.lines();) {
    const Paragraph::Run run = paragraph.FittingFrom(first, room());
    if (run.lines == 0) {
      Break();
      continue;
    }
    paragraph.DrawLines(canvas_.cairo(), kMargin, y_, first, run.lines);
    first += run.lines;
    Skip(run.height);
  }
}

}  // namespace jiebang::maturity::pdf
