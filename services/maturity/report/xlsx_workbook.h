// A spreadsheet being written: sheets of typed cells.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_XLSX_WORKBOOK_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_XLSX_WORKBOOK_H_

#include <xlsxwriter.h>

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jiebang::maturity::xlsx {

enum class Look { kPlain, kWrapped, kHeader, kTitle, kMuted, kCentred, kExact, kTwoPlaces, kFourPlaces, kGood, kShort };

// A file in memory that has a path, which is what libxlsxwriter writes to.
class MemoryFile {
 public:
  MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();

  bool is_open() const { return descriptor_ >= 0; }
  const std::string& path() const { return path_; }
  absl::StatusOr<std::string> Read() const;

 private:
  int descriptor_;
  std::string path_;
};

// One sheet. Columns and rows count from 0.
class Sheet {
 public:
  Sheet(lxw_worksheet* sheet, const std::vector<lxw_format*>& formats) : sheet_(sheet), formats_(formats) {}

  // A text, whatever it begins with: never a formula, a number or a link. A look that wraps makes its row high enough,
  // which not every program does when it opens a file; the column's width has to be set before.
  void Text(int row, int column, const std::string& text, Look look = Look::kPlain);
  void Number(int row, int column, double number, Look look = Look::kPlain);

  struct Column {
    std::string title;
    double width = 10;  // in characters
  };

  // The first row, frozen, above a table of `rows` rows that can be filtered.
  void Header(const std::vector<Column>& columns, int rows);
  void Width(int column, double width);
  void PrintOnePageWide();

 private:
  lxw_format* FormatOf(Look look) const { return formats_[static_cast<std::size_t>(look)]; }
  void MakeRoom(int row, int column, const std::string& text);

  lxw_worksheet* sheet_;
  const std::vector<lxw_format*>& formats_;
  std::map<int, double> width_of_column_;
  std::map<int, int> lines_of_row_;
};

class Workbook {
 public:
  // `title` and `created` stand in the document's properties.
  Workbook(const std::string& title, absl::Time created);
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook();

  // False: there is no place to write to, and nothing may be called but the destructor.
  bool is_open() const { return workbook_ != nullptr; }

  Sheet AddSheet(const std::string& name);

  // The file; nothing may be written afterwards.
  absl::StatusOr<std::string> Finish();

 private:
  MemoryFile file_;
  lxw_workbook* workbook_ = nullptr;
  std::vector<lxw_format*> formats_;
};

}  // namespace jiebang::maturity::xlsx

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_XLSX_WORKBOOK_H_
