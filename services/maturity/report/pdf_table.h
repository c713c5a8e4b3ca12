// A table that goes on over pages: its header is repeated, a row stays together unless it is too long for that.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_TABLE_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "services/maturity/report/pdf_pages.h"

namespace jiebang::maturity::pdf {

struct Column {
  Wording title;
  double width = 0;
  Align align = Align::kLeft;
};

struct Cell {
  std::string text;
  TextStyle style = {};  // its alignment is the column's
  std::optional<Colour> fill = std::nullopt;
};

class Table {
 public:
  // Draws the header. The widths sum to kContentWidth at most.
  Table(Pages& pages, std::vector<Column> columns);

  // One cell for each column.
  void Row(const std::vector<Cell>& cells);

  // The rows from here on belong together: a row of one text over all columns stands above the first of them, and again
  // where they go on on another page.
  void Band(std::string text) {
    band_ = std::move(text);
    band_drawn_ = false;
  }

 private:
  struct SetCell;

  void Header();
  void DrawBand(bool continued);
  void BreakPage();
  std::vector<SetCell> Set(const std::vector<Cell>& cells) const;

  Pages& pages_;
  std::vector<Column> columns_;
  double width_ = 0;
  std::string band_;
  bool band_drawn_ = true;
};

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_TABLE_H_
