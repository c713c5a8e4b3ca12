#include "services/maturity/report/pdf_typesetter.h"

#include <string>
#include <utility>

#include "absl/strings/str_replace.h"

namespace jiebang::maturity::pdf {
namespace {

constexpr char kFamily[] = "Noto Sans CJK SC";

double Points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

PangoAlignment ToPango(Align align) {
  switch (align) {
    case Align::kCentre:
      return PANGO_ALIGN_CENTER;
    case Align::kRight:
      return PANGO_ALIGN_RIGHT;
    case Align::kLeft:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

// The lines of a layout as they come, each with where it stands.
class Lines {
 public:
  explicit Lines(PangoLayout* layout) : iterator_(pango_layout_get_iter(layout)) {}
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines() { pango_layout_iter_free(iterator_); }

  bool Next() { return pango_layout_iter_next_line(iterator_) != 0; }
  bool SkipTo(int line) {
    for (; line > 0; --line) {
      if (!Next()) return false;
    }
    return true;
  }
  PangoLayoutLine* line() const { return pango_layout_iter_get_line_readonly(iterator_); }
  double left() const {
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iterator_, nullptr, &logical);
    return Points(logical.x);
  }
  double top() const { return Points(Range().first); }
  double bottom() const { return Points(Range().second); }
  double baseline() const { return Points(pango_layout_iter_get_baseline(iterator_)); }

 private:
  std::pair<int, int> Range() const {
    std::pair<int, int> range;
    pango_layout_iter_get_line_yrange(iterator_, &range.first, &range.second);
    return range;
  }

  PangoLayoutIter* iterator_;
};

}  // namespace

double Paragraph::width() const {
  PangoRectangle logical;
  pango_layout_get_extents(layout_.get(), nullptr, &logical);
  return Points(logical.width);
}

double Paragraph::height() const {
  int width, height;
  pango_layout_get_size(layout_.get(), &width, &height);
  return Points(height);
}

Paragraph::Run Paragraph::FittingFrom(int first, double room) const {
  Run run;
  Lines lines(layout_.get());
  if (!lines.SkipTo(first)) return run;
  const double top = lines.top();
  do {
    const double height = lines.bottom() - top;
    if (height > room) break;
    run = {.lines = run.lines + 1, .height = height};
  } while (lines.Next());
  return run;
}

void Paragraph::DrawLines(cairo_t* cairo, double x, double y, int first, int count) const {
  Lines lines(layout_.get());
  if (count <= 0 || !lines.SkipTo(first)) return;
  cairo_set_source_rgba(cairo, colour_.red, colour_.green, colour_.blue, colour_.alpha);
  const double top = lines.top();
  do {
    cairo_move_to(cairo, x + lines.left(), y + lines.baseline() - top);
    pango_cairo_show_layout_line(cairo, lines.line());
  } while (--count > 0 && lines.Next());
}

Typesetter::Typesetter()
    : fonts_(pango_cairo_font_map_new()),
      context_(pango_font_map_create_context(fonts_.get())),
      attributes_(pango_attr_list_new()) {
  // A hyphen at the break of an address or an id would be taken for a part of it.
  pango_attr_list_insert(attributes_.get(), pango_attr_insert_hyphens_new(0));
  pango_cairo_context_set_resolution(context_.get(), 72);  // a unit is a point
  // Without hinting, which fits glyphs to the pixels of one surface.
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options.get());
  pango_context_set_round_glyph_positions(context_.get(), 0);
  pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
}

Paragraph Typesetter::Set(std::string_view text, const TextStyle& style, double width) {
  Owned<PangoLayout> layout(pango_layout_new(context_.get()));
  const Owned<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), kFamily);
  pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size(font.get(), static_cast<int>(style.size * PANGO_SCALE));
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_auto_dir(layout.get(), 0);
  pango_layout_set_alignment(layout.get(), ToPango(style.align));
  if (width > 0) {
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    if (style.most_lines > 0) {
      pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
      pango_layout_set_height(layout.get(), -style.most_lines);
    }
  }
  // Pango counts the lines to keep by paragraph, so there may be but one.
  std::string shown(text);
  if (style.most_lines > 0) absl::StrReplaceAll({{"\r\n", " "}, {"\n", " "}, {"\r", " "}}, &shown);
  pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
  pango_layout_set_attributes(layout.get(), attributes_.get());
  missing_glyphs_ += pango_layout_get_unknown_glyphs_count(layout.get());
  return Paragraph(std::move(layout), style.colour);
}

}  // namespace jiebang::maturity::pdf
