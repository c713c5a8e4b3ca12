#include "services/maturity/report/sheet_reader.h"

#include <array>
#include <map>
#include <utility>

#include "common/formula_guard/formula_guard.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/sheet_errors.h"
#include "services/maturity/report/records.h"
#include "services/maturity/report/sheet_columns.h"
#include "services/maturity/report/sheet_text.h"

namespace jiebang::maturity {
namespace {

// Where each column stands in the sheet.
using Places = std::map<SheetColumn, std::size_t>;

int KnownColumns(const Record& header) {
  int known = 0;
  for (const std::string& cell : header.cells) known += ColumnNamed(cell).has_value() ? 1 : 0;
  return known;
}

// The one that finds most columns in the header row: counting characters would be led astray by a title that has some.
char DelimiterOf(std::string_view text) {
  char best = ',';
  int most = 0;
  for (const char delimiter : {',', ';', '\t'}) {
    int known = 0;
    (void)ForEachRecord(text, delimiter, [&](Record header) {
      known = KnownColumns(header);
      return absl::CancelledError();  // the first one is enough
    });
    if (known > most) {
      most = known;
      best = delimiter;
    }
  }
  return best;
}

absl::StatusOr<Places> PlacesOf(const Record& header) {
  Places places;
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::optional<SheetColumn> column = ColumnNamed(header.cells[i]);
    if (column && !places.emplace(*column, i).second) return errors::SheetColumnTwice(HeaderOf(*column));
  }
  std::vector<std::string> missing;
  for (const SheetColumn column : {SheetColumn::kItem, SheetColumn::kDegree}) {
    if (!places.contains(column)) missing.push_back(HeaderOf(column));
  }
  if (!missing.empty()) return errors::SheetColumnsMissing(missing);
  return places;
}

absl::StatusOr<SheetRow> RowOf(const Places& places, const Record& record) {
  SheetRow row{.row = record.row};
  const std::array<std::pair<SheetColumn, std::string*>, 6> wanted = {{
      {SheetColumn::kItem, &row.item},
      {SheetColumn::kDegree, &row.degree},
      {SheetColumn::kNote, &row.note},
      {SheetColumn::kEvidenceTitle, &row.evidence_title},
      {SheetColumn::kEvidenceLink, &row.evidence_link},
      {SheetColumn::kEvidenceDegree, &row.evidence_degree},
  }};
  for (const auto& [column, text] : wanted) {
    const auto place = places.find(column);
    if (place == places.end() || place->second >= record.cells.size()) continue;
    const std::string& cell = record.cells[place->second];
    if (cell.size() > kMaxCellBytes) return errors::SheetCellTooLong(record.row, HeaderOf(column), kMaxCellBytes);
    *text = Unguarded(cell);
  }
  return row;
}

}  // namespace

absl::StatusOr<std::vector<SheetRow>> ReadAnswerSheet(std::string_view bytes) {
  ASSIGN_OR_RETURN(const std::string text, SheetText(bytes));
  bool has_header = false;
  Places places;
  std::vector<SheetRow> rows;
  RETURN_IF_ERROR(ForEachRecord(text, DelimiterOf(text), [&](Record record) -> absl::Status {
    if (!has_header) {
      ASSIGN_OR_RETURN(places, PlacesOf(record));
      has_header = true;
      return absl::OkStatus();
    }
    if (rows.size() == kMaxSheetRows) return errors::SheetTooLong(kMaxSheetRows);
    ASSIGN_OR_RETURN(SheetRow row, RowOf(places, record));
    rows.push_back(std::move(row));
    return absl::OkStatus();
  }));
  if (!has_header) return errors::SheetEmpty();
  return rows;
}

}  // namespace jiebang::maturity
