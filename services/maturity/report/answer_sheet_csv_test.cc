#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/formula_guard/formula_guard.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/report/report.h"
#include "services/maturity/report/row_answer.h"
#include "services/maturity/report/sheet_reader.h"
#include "services/maturity/report/testing_report.h"

namespace jiebang::maturity {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// What comes out of a sheet that was written and read, by item.
v1::Assessment ReadBack(const std::string& sheet) {
  v1::Assessment assessment;
  const auto rows = ReadAnswerSheet(sheet);
  EXPECT_THAT(rows, IsOk());
  for (const SheetRow& row : *rows) {
    const auto answer = AnswerOf(row);
    EXPECT_THAT(answer, IsOk());
    if (answer->has_value()) *assessment.add_answers() = **answer;
  }
  return assessment;
}

// The answers that a sheet shows: those of subdomains that count.
v1::Assessment Shown(const Report& report) {
  v1::Assessment shown;
  for (const v1::Answer& answer : report.assessment.answers()) {
    if (!absl::StartsWith(answer.item(), "product-service-")) *shown.add_answers() = answer;
  }
  return shown;
}

TEST(RenderAnswerSheet, BeginsWithAMarkAndTheHeader) {
  EXPECT_THAT(RenderAnswerSheet(LevelTwoReport()),
              StartsWith("\xEF\xBB\xBF条目 item,子域 subdomain,级别 level,要求 requirement,满足程度 degree,说明 note,"
                         "证据标题 evidence title,证据链接 evidence link,证据程度 evidence degree\r\n"
                         "strategy-1-a,组织战略,1,企业有推进智能制造的发展规划。,"));
}

TEST(RenderAnswerSheet, ComesBackAsItWasWritten) {
  const Report report = LevelTwoReport();
  EXPECT_EQ(ReadBack(RenderAnswerSheet(report)).DebugString(), Shown(report).DebugString());
}

TEST(RenderAnswerSheet, BringsAnyNoteBack) {
  for (const std::string note :
       {"a,b;c\td", "say \"yes\"", "\"", "two\nlines\r\nand three\r", "=1+1", "'=1+1", "''=1", "+86 512", "-5 ℃",
        "@home", "\ttab", "\n=x", "＝1", "'quoted'", " spaces ", "中文，逗号", "=cmd|' /C calc'!A0", "1", ""}) {
    Report report = LevelTwoReport();
    FirstAnswer(report).set_note(note);
    EXPECT_EQ(ReadBack(RenderAnswerSheet(report)).answers(0).note(), note);
  }
}

TEST(RenderAnswerSheet, HasNoCellThatASpreadsheetWouldCompute) {
  Report report = LevelTwoReport();
  for (const std::string note : {"=1+1", "@SUM(1)", "+1", "-1", "\t=1", "＝1"}) {
    FirstAnswer(report).set_note(note);
    const std::string sheet = RenderAnswerSheet(report);
    EXPECT_THAT(sheet, HasSubstr(absl::StrCat("'", note)));
    EXPECT_THAT(sheet, Not(HasSubstr(absl::StrCat(",", note))));
  }
}

TEST(RenderAnswerSheet, HasARowForEveryItemThatCounts) {
  const Report report = DraftReport();
  ASSERT_OK_AND_ASSIGN(const auto rows, ReadAnswerSheet(RenderAnswerSheet(report)));
  EXPECT_EQ(rows.size(), static_cast<std::size_t>(report.assessment.result().item_count()));
  EXPECT_EQ(ReadBack(RenderAnswerSheet(report)).answers_size(), report.assessment.result().answered_count());
}

TEST(FormulaGuard, IsUndoneByItsReverse) {
  for (const std::string text : {"", "'", "''", "=", "'=", "'''=", "'a", "a=", "-", "－", "'－"}) {
    EXPECT_EQ(Unguarded(Guarded(text)), text);
  }
}

}  // namespace
}  // namespace jiebang::maturity
