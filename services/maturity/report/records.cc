#include "services/maturity/report/records.h"

#include <csv.h>

#include <algorithm>
#include <utility>

#include "services/maturity/domain/sheet_errors.h"
#include "services/maturity/report/plain_text.h"

namespace jiebang::maturity {
namespace {

// Far more than a sheet has; a megabyte of commas shall not become a million cells.
constexpr std::size_t kMaxCells = 256;

class Parser {
 public:
  Parser(char delimiter, const std::function<absl::Status(Record)>& take) : take_(take) {
    // Every line end is reported, because rows are counted with the blank ones.
    csv_init(&csv_, CSV_REPALL_NL);
    csv_set_delim(&csv_, static_cast<unsigned char>(delimiter));
    csv_set_space_func(&csv_, [](unsigned char) { return 0; });  // spaces belong to the cell (RFC 4180, 2.4)
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { csv_free(&csv_); }

  absl::Status Parse(std::string_view text) {
    // In pieces, because libcsv cannot be stopped from within a callback.
    constexpr std::size_t kPiece = 4096;
    for (; !text.empty() && status_.ok(); text.remove_prefix(std::min(kPiece, text.size()))) {
      const std::size_t size = std::min(kPiece, text.size());
      if (csv_parse(&csv_, text.data(), size, OnCell, OnRecord, this) != size) {
        return absl::ResourceExhaustedError("no memory for the cell of a sheet");
      }
    }
    // Strict at the end alone: within a cell a quotation mark may stand for inches.
    csv_set_opts(&csv_, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (status_.ok() && csv_fini(&csv_, OnCell, OnRecord, this) != 0) return errors::SheetQuoteOpen();
    return status_;
  }

 private:
  static void OnCell(void* cell, std::size_t size, void* parser) {
    Parser& self = *static_cast<Parser*>(parser);
    if (self.cells_.size() < kMaxCells) self.cells_.emplace_back(static_cast<const char*>(cell), size);
    self.last_end_ = 0;
  }

  // `end` is the character that ended the record, or -1 at the end of the text.
  static void OnRecord(int end, void* parser) {
    Parser& self = *static_cast<Parser*>(parser);
    const bool second_half_of_crlf = end == '\n' && self.last_end_ == '\r' && self.cells_.empty();
    self.last_end_ = second_half_of_crlf ? 0 : end;
    if (second_half_of_crlf) return;
    ++self.row_;
    std::vector<std::string> cells = std::exchange(self.cells_, {});
    const bool blank =
        std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return Trimmed(cell).empty(); });
    if (!blank && self.status_.ok()) self.status_ = self.take_({.row = self.row_, .cells = std::move(cells)});
  }

  csv_parser csv_;
  const std::function<absl::Status(Record)>& take_;
  int row_ = 0;
  int last_end_ = 0;
  std::vector<std::string> cells_;
  absl::Status status_;
};

}  // namespace

absl::Status ForEachRecord(std::string_view text, char delimiter, const std::function<absl::Status(Record)>& take) {
  return Parser(delimiter, take).Parse(text);
}

}  // namespace jiebang::maturity
