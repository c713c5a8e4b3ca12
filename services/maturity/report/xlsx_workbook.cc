#include "services/maturity/report/xlsx_workbook.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity::xlsx {
namespace {

constexpr lxw_color_t kBrand = 0x0D3B70;
constexpr lxw_color_t kMuted = 0x59666F;
constexpr lxw_color_t kGoodTint = 0xDBF2EB;
constexpr lxw_color_t kShortTint = 0xFCEDD6;

lxw_format* NewFormat(lxw_workbook* workbook, Look look) {
  lxw_format* format = workbook_add_format(workbook);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  switch (look) {
    case Look::kPlain:
      break;
    case Look::kWrapped:
      format_set_text_wrap(format);
      break;
    case Look::kHeader:
      format_set_bold(format);
      format_set_font_color(format, LXW_COLOR_WHITE);
      format_set_bg_color(format, kBrand);
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
      break;
    case Look::kTitle:
      format_set_bold(format);
      format_set_font_size(format, 16);
      format_set_font_color(format, kBrand);
      break;
    case Look::kMuted:
      format_set_font_color(format, kMuted);
      format_set_text_wrap(format);
      break;
    case Look::kCentred:
      format_set_align(format, LXW_ALIGN_CENTER);
      break;
    case Look::kExact:
      format_set_font_color(format, kMuted);
      format_set_align(format, LXW_ALIGN_RIGHT);
      break;
    case Look::kTwoPlaces:
      format_set_align(format, LXW_ALIGN_LEFT);
      format_set_num_format(format, "0.00");
      break;
    case Look::kFourPlaces:
      format_set_num_format(format, "0.0000");
      break;
    case Look::kGood:
      format_set_num_format(format, "0.0000");
      format_set_bg_color(format, kGoodTint);
      break;
    case Look::kShort:
      format_set_num_format(format, "0.0000");
      format_set_bg_color(format, kShortTint);
      break;
  }
  return format;
}

constexpr double kLineHeight = 15;     // of the default font
constexpr double kMaxRowHeight = 409;  // of the format

// About how many lines a text takes in a column so many digits wide; Chinese characters are two digits wide.
int LinesOf(const std::string& text, double width) {
  int lines = 1;
  double used = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      ++lines;
      used = 0;
      continue;
    }
    if ((byte & 0xC0) == 0x80) continue;  // the rest of a character
    const double advance = byte < 0x80 ? 1.05 : 2.1;
    if (used + advance > width) {
      ++lines;
      used = 0;
    }
    used += advance;
  }
  return lines;
}

// Where libxlsxwriter keeps its parts while it writes: in memory where there is such a place, because a container has
// no other that can be written to. nullptr: where the environment says.
const char* PlaceForParts() {
  static constexpr char kShared[] = "/dev/shm";
  return access(kShared, W_OK | X_OK) == 0 ? kShared : nullptr;
}

}  // namespace

MemoryFile::MemoryFile()
    : descriptor_(memfd_create("report.xlsx", MFD_CLOEXEC)), path_(absl::StrCat("/proc/self/fd/", descriptor_)) {}

MemoryFile::~MemoryFile() {
  if (is_open()) close(descriptor_);
}

absl::StatusOr<std::string> MemoryFile::Read() const {
  struct stat status;
  if (fstat(descriptor_, &status) != 0) return absl::ErrnoToStatus(errno, "the size of the spreadsheet");
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (count <= 0) return absl::InternalError("reading the spreadsheet back");
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

void Sheet::Text(int row, int column, const std::string& text, Look look) {
  if (text.empty()) return;
  if (look == Look::kWrapped || look == Look::kMuted) MakeRoom(row, column, text);
  worksheet_write_string(sheet_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), text.c_str(),
                         FormatOf(look));
}

void Sheet::MakeRoom(int row, int column, const std::string& text) {
  const auto width = width_of_column_.find(column);
  const int lines = LinesOf(text, width == width_of_column_.end() ? LXW_DEF_COL_WIDTH : width->second);
  int& most = lines_of_row_[row];
  if (lines <= most || lines == 1) return;
  most = lines;
  worksheet_set_row(sheet_, static_cast<lxw_row_t>(row), std::min(lines * kLineHeight, kMaxRowHeight), nullptr);
}

void Sheet::Number(int row, int column, double number, Look look) {
  worksheet_write_number(sheet_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), number, FormatOf(look));
}

void Sheet::Width(int column, double width) {
  const auto at = static_cast<lxw_col_t>(column);
  worksheet_set_column(sheet_, at, at, width, nullptr);
  width_of_column_[column] = width;
}

void Sheet::Header(const std::vector<Column>& columns, int rows) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Text(0, static_cast<int>(i), columns[i].title, Look::kHeader);
    Width(static_cast<int>(i), columns[i].width);
  }
  worksheet_set_row(sheet_, 0, 32, nullptr);
  worksheet_freeze_panes(sheet_, 1, 0);
  worksheet_autofilter(sheet_, 0, 0, static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(columns.size() - 1));
  worksheet_repeat_rows(sheet_, 0, 0);
}

void Sheet::PrintOnePageWide() {
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, 9);  // A4
  worksheet_fit_to_pages(sheet_, 1, 0);
}

Workbook::Workbook(const std::string& title, absl::Time created) {
  if (!file_.is_open()) return;
  lxw_workbook_options options = {};
  options.tmpdir = const_cast<char*>(PlaceForParts());  // the library copies it
  workbook_ = workbook_new_opt(file_.path().c_str(), &options);
  if (workbook_ == nullptr) return;
  lxw_doc_properties properties = {};
  properties.title = const_cast<char*>(title.c_str());
  properties.author = const_cast<char*>("Jiebang");
  properties.created = absl::ToTimeT(created);
  workbook_set_properties(workbook_, &properties);
  for (int look = 0; look <= static_cast<int>(Look::kShort); ++look) {
    formats_.push_back(NewFormat(workbook_, static_cast<Look>(look)));
  }
}

Workbook::~Workbook() {
  if (workbook_ != nullptr) lxw_workbook_free(workbook_);
}

Sheet Workbook::AddSheet(const std::string& name) {
  return Sheet(workbook_add_worksheet(workbook_, name.c_str()), formats_);
}

absl::StatusOr<std::string> Workbook::Finish() {
  const lxw_error error = workbook_close(std::exchange(workbook_, nullptr));
  if (error != LXW_NO_ERROR) return absl::InternalError(absl::StrCat("writing the spreadsheet: ", lxw_strerror(error)));
  return file_.Read();
}

}  // namespace jiebang::maturity::xlsx
