#include "services/maturity/report/sheet_reader.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

constexpr char kHeader[] = "条目 item,满足程度 degree,说明 note\r\n";

auto IsRow(int row, const std::string& item, const std::string& degree, const std::string& note = "") {
  return testing::AllOf(Field("row", &SheetRow::row, row), Field("item", &SheetRow::item, item),
                        Field("degree", &SheetRow::degree, degree), Field("note", &SheetRow::note, note));
}

auto IsUnreadable() { return IsRefusal(absl::StatusCode::kInvalidArgument, "SHEET_UNREADABLE"); }

auto IsUnreadableSaying(const std::string& words) {
  return testing::AllOf(IsUnreadable(), HasViolation("sheet", words));
}

std::string Utf16(const std::u16string& text, bool big_endian) {
  std::string bytes;
  for (const char16_t unit : u"\ufeff" + text) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

TEST(ReadAnswerSheet, TakesUtf8WithAndWithoutAByteOrderMark) {
  const std::string sheet = absl::StrCat(kHeader, "strategy-1-a,全部满足,已发布规划\r\n");
  EXPECT_THAT(ReadAnswerSheet(sheet), IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "全部满足", "已发布规划"))));
  EXPECT_THAT(ReadAnswerSheet("\xEF\xBB\xBF" + sheet),
              IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "全部满足", "已发布规划"))));
}

TEST(ReadAnswerSheet, TakesWhatExcelCallsUnicodeText) {
  const std::u16string sheet = u"条目\t满足程度\t说明\r\nstrategy-1-a\t部分满足\t𠮷，\"草\r\n";
  for (const bool big_endian : {false, true}) {
    EXPECT_THAT(ReadAnswerSheet(Utf16(sheet, big_endian)),
                IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "部分满足", "𠮷，\"草"))));
  }
}

TEST(ReadAnswerSheet, TakesGb18030) {
  // 条目,满足程度 / strategy-1-a,不满足
  const std::string sheet =
      "\xCC\xF5\xC4\xBF,\xC2\xFA\xD7\xE3\xB3\xCC\xB6\xC8\nstrategy-1-a,\xB2\xBB\xC2\xFA\xD7\xE3\n";
  EXPECT_THAT(ReadAnswerSheet(sheet), IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "不满足"))));
}

TEST(ReadAnswerSheet, FindsTheDelimiterInTheHeader) {
  for (const std::string delimiter : {",", ";", "\t"}) {
    const std::string sheet =
        absl::StrReplaceAll("item|degree|\"note\"\nstrategy-1-a|0.8|\"a, b; c\td\"\n", {{"|", delimiter}});
    EXPECT_THAT(ReadAnswerSheet(sheet), IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "0.8", "a, b; c\td"))));
  }
}

TEST(ReadAnswerSheet, FindsColumnsInAnyOrderAndLanguage) {
  EXPECT_THAT(ReadAnswerSheet("Degree,部门,ITEM\n1,质量部,strategy-1-a\n"),
              IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "1"))));
  EXPECT_THAT(ReadAnswerSheet("满足程度（degree）,条目　ＩＴＥＭ\n1,strategy-1-a\n"),
              IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "1"))));
  EXPECT_THAT(ReadAnswerSheet("item 条目,degree_满足程度\nstrategy-1-a,1\n"),
              IsOkAndHolds(ElementsAre(IsRow(2, "strategy-1-a", "1"))));
}

TEST(ReadAnswerSheet, ReadsTheColumnsOfEvidence) {
  const auto rows =
      ReadAnswerSheet("item,degree,证据标题,Evidence link,evidence_degree\na-1-a,1,看板,https://example.cn/a,演示\n");
  ASSERT_THAT(rows, IsOkAndHolds(SizeIs(1)));
  EXPECT_EQ((*rows)[0].evidence_title, "看板");
  EXPECT_EQ((*rows)[0].evidence_link, "https://example.cn/a");
  EXPECT_EQ((*rows)[0].evidence_degree, "演示");
}

TEST(ReadAnswerSheet, CountsRowsAsASpreadsheetDoes) {
  const std::string body = "a-1-a,1,\"two\nlines\"|,,|a-1-b,0,|a-1-c,0.5,x";
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const std::string sheet = absl::StrCat("item,degree,note", end, end, absl::StrReplaceAll(body, {{"|", end}}));
    EXPECT_THAT(ReadAnswerSheet(sheet),
                IsOkAndHolds(ElementsAre(IsRow(3, "a-1-a", "1", "two\nlines"), IsRow(5, "a-1-b", "0"),
                                         IsRow(6, "a-1-c", "0.5", "x"))));
  }
}

TEST(ReadAnswerSheet, LeavesSpacesAndQuotesWithinCellsAlone) {
  EXPECT_THAT(ReadAnswerSheet("item,degree,note\na-1-a,1,\" say \"\"yes\"\" \"\na-1-b,1,5\" pipe\n"),
              IsOkAndHolds(ElementsAre(IsRow(2, "a-1-a", "1", " say \"yes\" "), IsRow(3, "a-1-b", "1", "5\" pipe"))));
}

TEST(ReadAnswerSheet, TakesTheApostropheOfFormulasAway) {
  EXPECT_THAT(ReadAnswerSheet("item,degree,note\na-1-a,1,'=1+1\na-1-b,1,'quoted'\n"),
              IsOkAndHolds(ElementsAre(IsRow(2, "a-1-a", "1", "=1+1"), IsRow(3, "a-1-b", "1", "'quoted'"))));
}

TEST(ReadAnswerSheet, NamesTheColumnsThatAreMissing) {
  EXPECT_THAT(ReadAnswerSheet("条目,说明\na-1-a,x\n"), IsUnreadableSaying("满足程度 degree"));
  EXPECT_THAT(ReadAnswerSheet("degree,note\n1,x\n"), IsUnreadableSaying("条目 item"));
  EXPECT_THAT(ReadAnswerSheet("hello\nworld\n"), IsUnreadableSaying("条目 item, 满足程度 degree"));
}

TEST(ReadAnswerSheet, RefusesAColumnThatStandsTwice) {
  EXPECT_THAT(ReadAnswerSheet("item,degree,满足程度\na-1-a,1,0\n"), IsUnreadableSaying("满足程度 degree"));
}

TEST(ReadAnswerSheet, RefusesWhatIsNoText) {
  EXPECT_THAT(ReadAnswerSheet("PK\x03\x04..."), IsUnreadableSaying("另存为 CSV"));
  EXPECT_THAT(ReadAnswerSheet("\xD0\xCF\x11\xE0..."), IsUnreadableSaying("save the sheet as CSV"));
  EXPECT_THAT(ReadAnswerSheet("item,degree\n\xFF\xFF\xFF"), IsUnreadableSaying("GB 18030"));
  EXPECT_THAT(ReadAnswerSheet("\xEF\xBB\xBFitem,degree\n\xC4\xE3"), IsUnreadableSaying("UTF-8"));
  EXPECT_THAT(ReadAnswerSheet(std::string("i\0t\0e\0m\0", 8)), IsUnreadableSaying("UTF-16"));
  EXPECT_THAT(ReadAnswerSheet(""), IsUnreadableSaying("empty"));
  EXPECT_THAT(ReadAnswerSheet("\xEF\xBB\xBF\r\n\r\n"), IsUnreadableSaying("空的"));
}

TEST(ReadAnswerSheet, RefusesAQuotationMarkThatNothingCloses) {
  EXPECT_THAT(ReadAnswerSheet("item,degree,note\na-1-a,1,\"open\n"), IsUnreadableSaying("quotation mark"));
}

TEST(ReadAnswerSheet, TakesAThousandRowsAndNoMore) {
  std::string sheet = "item,degree\n";
  for (int i = 0; i < kMaxSheetRows; ++i) absl::StrAppend(&sheet, "a-1-a,1\n,\n");
  EXPECT_THAT(ReadAnswerSheet(sheet), IsOkAndHolds(SizeIs(kMaxSheetRows)));
  EXPECT_THAT(ReadAnswerSheet(sheet + "a-1-a,1\n"), IsUnreadableSaying("1000"));
}

TEST(ReadAnswerSheet, NamesTheCellThatIsTooLong) {
  const std::string sheet = "item,degree,note\na-1-a,1,x\na-1-b,1,";
  EXPECT_THAT(ReadAnswerSheet(sheet + std::string(kMaxCellBytes, 'x')), IsOkAndHolds(SizeIs(2)));
  EXPECT_THAT(ReadAnswerSheet(sheet + std::string(kMaxCellBytes + 1, 'x')), IsUnreadableSaying("row 3, 说明 note"));
}

TEST(ReadAnswerSheet, IsNotLedAstrayByAMegabyteOfCommas) {
  EXPECT_THAT(ReadAnswerSheet(std::string(1 << 20, ',')), IsUnreadable());
  EXPECT_THAT(ReadAnswerSheet(absl::StrCat("item,degree\n", std::string(1 << 20, '\n'), "a-1-a,1")),
              IsOkAndHolds(ElementsAre(IsRow((1 << 20) + 2, "a-1-a", "1"))));
}

TEST(ReadAnswerSheet, AnswersOrRefusesWhateverTheBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const std::string_view pieces[] = {"条目", "item", "degree",   ",",
                                     ";",    "\t",   "\"",       "\r",
                                     "\n",   "'=",   "\xFF\xFE", "\xEF\xBB\xBF",
                                     "\x81", "\x30", "\xD8",     std::string_view("\0", 1),
                                     "1",    " "};
  for (int i = 0; i < 3000; ++i) {
    std::string sheet = i % 2 == 0 ? "item,degree,note\n" : "";
    for (std::size_t left = random() % 40; left > 0; --left) sheet += pieces[random() % std::size(pieces)];
    const auto rows = ReadAnswerSheet(sheet);
    if (!rows.ok()) {
      EXPECT_THAT(rows, IsUnreadable()) << absl::CHexEscape(sheet);
    }
  }
}

}  // namespace
}  // namespace jiebang::maturity
