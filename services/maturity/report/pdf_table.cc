#include "services/maturity/report/pdf_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity::pdf {
namespace {

constexpr double kPadX = 3.5;
constexpr double kPadY = 2.5;
constexpr double kBandHeight = 16;

// A row taller than this is broken rather than moved to the next page.
constexpr double kKeptTogether = 150;

// The least that is worth beginning a broken row with at the foot of a page.
constexpr double kLeastPart = 48;

}  // namespace

// A cell whose text is set, and how much of it is drawn already.
struct Table::SetCell {
  Paragraph text;
  double x = 0;
  double width = 0;
  std::optional<Colour> fill;
  int drawn = 0;

  bool done() const { return drawn >= text.lines(); }
};

Table::Table(Pages& pages, std::vector<Column> columns) : pages_(pages), columns_(std::move(columns)) {
  for (const Column& column : columns_) width_ += column.width;
  Header();
}

void Table::Header() {
  std::vector<Cell> cells;
  for (const Column& column : columns_) {
    cells.push_back({.text = absl::StrCat(column.title.zh, column.title.en.empty() ? "" : "\n", column.title.en),
                     .style = {.size = 7.5, .bold = true, .colour = kWhite}});
  }
  const std::vector<SetCell> set = Set(cells);
  double height = 0;
  for (const SetCell& cell : set) height = std::max(height, cell.text.height());
  height += 2 * kPadY;
  pages_.Reserve(height + kLeastPart);
  pages_.canvas().Fill({kMargin, pages_.y(), width_, height}, kBrand);
  for (const SetCell& cell : set) {
    cell.text.Draw(pages_.canvas().cairo(), cell.x, pages_.y() + (height - cell.text.height()) / 2);
  }
  pages_.Skip(height);
}

void Table::BreakPage() {
  pages_.Break();
  Header();
  if (!band_.empty() && band_drawn_) DrawBand(true);
}

std::vector<Table::SetCell> Table::Set(const std::vector<Cell>& cells) const {
  std::vector<SetCell> set;
  double x = kMargin;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    TextStyle style = cells[i].style;
    style.align = column.align;
    const double width = column.width - 2 * kPadX;
    set.push_back({.text = pages_.canvas().typesetter().Set(cells[i].text, style, width),
                   .x = x + kPadX,
                   .width = width,
                   .fill = cells[i].fill});
    x += column.width;
  }
  return set;
}

void Table::DrawBand(bool continued) {
  const Box box{kMargin, pages_.y(), width_, kBandHeight};
  pages_.canvas().Fill(box, kBrandTint);
  pages_.canvas().TextWithin({box.x + kPadX, box.y, box.width - 2 * kPadX, box.height},
                             absl::StrCat(band_, continued ? "（续 continued）" : ""),
                             {.size = 8, .bold = true, .colour = kBrand, .most_lines = 1});
  pages_.Skip(kBandHeight);
  band_drawn_ = true;
}

void Table::Row(const std::vector<Cell>& cells) {
  std::vector<SetCell> set = Set(cells);
  double height = 0;
  for (const SetCell& cell : set) height = std::max(height, cell.text.height());
  height += 2 * kPadY;
  const double band = band_drawn_ ? 0 : kBandHeight;
  if (pages_.room() < band + (height <= kKeptTogether ? height : kLeastPart)) BreakPage();
  if (!band_drawn_) DrawBand(false);

  while (true) {
    // The part of the row that fits here.
    const double room = pages_.room() - 2 * kPadY;
    double part = 0;
    for (const SetCell& cell : set) part = std::max(part, cell.text.FittingFrom(cell.drawn, room).height);
    const Canvas& canvas = pages_.canvas();
    for (SetCell& cell : set) {
      if (cell.fill) {
        canvas.Fill({cell.x - kPadX, pages_.y(), cell.width + 2 * kPadX, part + 2 * kPadY}, *cell.fill);
      }
      const Paragraph::Run run = cell.text.FittingFrom(cell.drawn, room);
      cell.text.DrawLines(canvas.cairo(), cell.x, pages_.y() + kPadY, cell.drawn, run.lines);
      cell.drawn += run.lines;
    }
    pages_.Skip(part + 2 * kPadY);
    canvas.Line({kMargin, pages_.y()}, {kMargin + width_, pages_.y()}, {.colour = kRule, .width = 0.4});
    if (std::all_of(set.begin(), set.end(), [](const SetCell& cell) { return cell.done(); })) return;
    BreakPage();
  }
}

}  // namespace jiebang::maturity::pdf
