// The look of a report: lengths in points (1/72 inch), colours, sizes of text.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_STYLE_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_STYLE_H_

namespace jiebang::maturity::pdf {

inline constexpr double kPageWidth = 595.276;  // A4
inline constexpr double kPageHeight = 841.89;
inline constexpr double kMargin = 40;
inline constexpr double kTop = 44;                   // of the text on pages after the first
inline constexpr double kBottom = kPageHeight - 44;  // above the footer
inline constexpr double kContentWidth = kPageWidth - 2 * kMargin;

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

struct Colour {
  double red = 0, green = 0, blue = 0;
  double alpha = 1;
};

// Text on white or on a tint keeps a contrast of 4.5 : 1 at least (WCAG 2.1, 1.4.3).
inline constexpr Colour kInk{.red = 0.12, .green = 0.16, .blue = 0.22};
inline constexpr Colour kMuted{.red = 0.35, .green = 0.40, .blue = 0.46};
inline constexpr Colour kWhite{.red = 1, .green = 1, .blue = 1};
inline constexpr Colour kBrand{.red = 0.05, .green = 0.23, .blue = 0.44};
inline constexpr Colour kBrandTint{.red = 0.92, .green = 0.95, .blue = 0.98};
inline constexpr Colour kGood{.red = 0.02, .green = 0.42, .blue = 0.35};
inline constexpr Colour kGoodTint{.red = 0.86, .green = 0.95, .blue = 0.92};
inline constexpr Colour kShort{.red = 0.66, .green = 0.31, .blue = 0.02};
inline constexpr Colour kShortTint{.red = 0.99, .green = 0.93, .blue = 0.84};
inline constexpr Colour kRule{.red = 0.80, .green = 0.83, .blue = 0.87};
inline constexpr Colour kTrack{.red = 0.93, .green = 0.94, .blue = 0.96};

enum class Align { kLeft, kCentre, kRight };

struct TextStyle {
  double size = 8.5;
  bool bold = false;
  Colour colour = kInk;
  Align align = Align::kLeft;
  int most_lines = 0;  // what exceeds them ends in an ellipsis; 0: any number
};

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_STYLE_H_
