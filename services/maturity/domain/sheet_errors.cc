#include "services/maturity/domain/sheet_errors.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/errors/error.h"

namespace jiebang::maturity::errors {
namespace {

absl::Status SheetUnreadable(std::string en, std::string zh) {
  return MalformedField("sheet", std::move(en), std::move(zh), "SHEET_UNREADABLE");
}

}  // namespace

absl::Status SheetEmpty() {
  return SheetUnreadable("the sheet is empty: a header row and a row for each item are wanted",
                         "表格是空的：应有表头行，其后每个条目一行");
}

absl::Status SheetIsWorkbook() {
  return SheetUnreadable("this is a workbook; save the sheet as CSV (UTF-8) and send that",
                         "这是工作簿文件，请另存为 CSV（UTF-8）后再导入");
}

absl::Status SheetEncodingUnknown() {
  return SheetUnreadable("the sheet is text in none of UTF-8, UTF-16 with a byte order mark, GB 18030",
                         "表格的编码不是 UTF-8、带字节序标记的 UTF-16 或 GB 18030");
}

absl::Status SheetColumnsMissing(const std::vector<std::string>& columns) {
  const std::string missing = absl::StrJoin(columns, ", ");
  return SheetUnreadable(absl::StrCat("the header row lacks: ", missing), absl::StrCat("表头缺少列：", missing));
}

absl::Status SheetColumnTwice(const std::string& column) {
  return SheetUnreadable(absl::StrCat("the header row has this column twice: ", column),
                         absl::StrCat("表头中该列出现两次：", column));
}

absl::Status SheetQuoteOpen() {
  return SheetUnreadable("a cell begins with a quotation mark that nothing closes",
                         "有单元格以引号开头，却没有结束的引号");
}

absl::Status SheetTooLong(int most_rows) {
  return SheetUnreadable(absl::StrCat("the sheet has more than ", most_rows, " rows that are not blank"),
                         absl::StrCat("表格的非空行超过 ", most_rows, " 行"));
}

absl::Status SheetCellTooLong(int row, const std::string& column, int most_bytes) {
  return SheetUnreadable(absl::StrCat("row ", row, ", ", column, ": the cell has more than ", most_bytes, " bytes"),
                         absl::StrCat("第 ", row, " 行，", column, "：单元格超过 ", most_bytes, " 字节"));
}

CellFault CellMissing(std::string column) { return {std::move(column), "it is empty", "不能为空"}; }

CellFault CellUnknown(std::string column, const std::string& given, const std::string& wanted) {
  return {std::move(column), absl::StrCat("`", given, "` is none of ", wanted),
          absl::StrCat("“", given, "”不在可填的值之内：", wanted)};
}

CellFault CellTooLong(std::string column, std::size_t characters, std::size_t most) {
  return {std::move(column), absl::StrCat("it has ", characters, " characters and may have ", most),
          absl::StrCat("共 ", characters, " 个字符，最多 ", most, " 个")};
}

CellFault CellMalformed(std::string column, const std::string& pattern) {
  return {std::move(column), absl::StrCat("it does not have the form ", pattern),
          absl::StrCat("格式不符，应为 ", pattern)};
}

CellFault CellControlCharacter(std::string column) {
  return {std::move(column), "it has a control character", "含有控制字符"};
}

CellFault CellTooManyLines(std::string column, std::size_t lines, std::size_t most) {
  return {std::move(column), absl::StrCat("it has ", lines, " lines of evidence and may have ", most),
          absl::StrCat("共 ", lines, " 行证据，最多 ", most, " 行")};
}

CellFault CellOfNoItem(std::string column, const std::string& item) {
  return {std::move(column), absl::StrCat("the model has no item `", item, "` for this manufacturing type"),
          absl::StrCat("模型中该生产类型没有条目 ", item)};
}

CellFault CellRepeated(std::string column, const std::string& item) {
  return {std::move(column), absl::StrCat("`", item, "` has a row above"),
          absl::StrCat("条目 ", item, " 在前面已有一行")};
}

CellFault CellWithout(std::string column, const std::string& other, std::size_t line) {
  return {std::move(column), absl::StrCat("its line ", line, " stands beside no line of ", other),
          absl::StrCat("第 ", line, " 行没有对应的 ", other)};
}

absl::Status SheetRowInvalid(int row, const std::vector<CellFault>& faults) {
  Refusal refusal{.code = absl::StatusCode::kInvalidArgument,
                  .reason = "SHEET_ROW_INVALID",
                  .metadata = {{"row", absl::StrCat(row)}}};
  std::vector<std::string> en, zh;
  for (const CellFault& fault : faults) {
    en.push_back(absl::StrCat(fault.column, ": ", fault.en));
    zh.push_back(absl::StrCat(fault.column, "：", fault.zh));
    refusal.fields.push_back(
        {.field = absl::StrCat("sheet.rows[", row, "]"), .description = absl::StrCat(en.back(), "; ", zh.back())});
  }
  refusal.en = absl::StrCat("row ", row, ": ", absl::StrJoin(en, "; "));
  refusal.zh = absl::StrCat("第 ", row, " 行：", absl::StrJoin(zh, "；"));
  return refusal.ToStatus();
}

}  // namespace jiebang::maturity::errors
