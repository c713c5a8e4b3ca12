#include "services/maturity/report/row_answer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

SheetRow Row(const std::string& degree) { return {.row = 7, .item = "strategy-1-a", .degree = degree}; }

auto IsFaultySaying(const std::string& words) {
  return AllOf(IsRefusal(absl::StatusCode::kInvalidArgument, "SHEET_ROW_INVALID"),
               StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("row 7: ")),
               HasViolation("sheet.rows[7]", words));
}

struct DegreeCase {
  std::string text;
  v1::Degree degree;
};

class DegreeTest : public testing::TestWithParam<DegreeCase> {};

TEST_P(DegreeTest, IsUnderstood) {
  ASSERT_OK_AND_ASSIGN(const auto answer, AnswerOf(Row(GetParam().text)));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->item(), "strategy-1-a");
  EXPECT_EQ(answer->degree(), GetParam().degree);
}

INSTANTIATE_TEST_SUITE_P(Fully, DegreeTest,
                         testing::Values(DegreeCase{"1", v1::DEGREE_FULLY}, DegreeCase{"1.0", v1::DEGREE_FULLY},
                                         DegreeCase{"1.", v1::DEGREE_FULLY}, DegreeCase{"100%", v1::DEGREE_FULLY},
                                         DegreeCase{"１００％", v1::DEGREE_FULLY},
                                         DegreeCase{"全部满足", v1::DEGREE_FULLY},
                                         DegreeCase{"Fully", v1::DEGREE_FULLY},
                                         DegreeCase{" FULLY ", v1::DEGREE_FULLY}));
INSTANTIATE_TEST_SUITE_P(Mostly, DegreeTest,
                         testing::Values(DegreeCase{"0.8", v1::DEGREE_MOSTLY}, DegreeCase{"0.80", v1::DEGREE_MOSTLY},
                                         DegreeCase{"80%", v1::DEGREE_MOSTLY}, DegreeCase{"80.00 %", v1::DEGREE_MOSTLY},
                                         DegreeCase{"０．８", v1::DEGREE_MOSTLY},
                                         DegreeCase{"大部分满足　", v1::DEGREE_MOSTLY},
                                         DegreeCase{"mostly", v1::DEGREE_MOSTLY}));
INSTANTIATE_TEST_SUITE_P(Partly, DegreeTest,
                         testing::Values(DegreeCase{"0.5", v1::DEGREE_PARTLY}, DegreeCase{"50%", v1::DEGREE_PARTLY},
                                         DegreeCase{"部分满足", v1::DEGREE_PARTLY},
                                         DegreeCase{"ｐａｒｔｌｙ", v1::DEGREE_PARTLY}));
INSTANTIATE_TEST_SUITE_P(Not, DegreeTest,
                         testing::Values(DegreeCase{"0", v1::DEGREE_NOT}, DegreeCase{"0.0", v1::DEGREE_NOT},
                                         DegreeCase{"0%", v1::DEGREE_NOT}, DegreeCase{"０", v1::DEGREE_NOT},
                                         DegreeCase{"不满足", v1::DEGREE_NOT}, DegreeCase{"Not", v1::DEGREE_NOT}));

TEST(AnswerOf, LeavesARowWithoutADegreeAlone) {
  SheetRow row = Row("  ");
  row.note = "later";
  row.evidence_degree = "nonsense";
  EXPECT_THAT(AnswerOf(row), IsOkAndHolds(testing::Eq(std::nullopt)));
}

TEST(AnswerOf, RefusesADegreeThatIsNone) {
  for (const char* degree : {"0.7", "10", "1%", "100", "00", "yes", "满足", "-1", "1e0"}) {
    EXPECT_THAT(AnswerOf(Row(degree)), IsFaultySaying(absl::StrCat("满足程度 degree: `", degree, "` is none of")));
  }
  EXPECT_THAT(AnswerOf(Row("也许")), IsFaultySaying("“也许”不在可填的值之内：1、0.8、0.5、0"));
}

TEST(AnswerOf, UnderstandsEvidenceDegreesInBothLanguages) {
  const std::pair<const char*, v1::Answer::EvidenceDegree> cases[] = {
      {"无", v1::Answer::EVIDENCE_DEGREE_NONE},           {"None", v1::Answer::EVIDENCE_DEGREE_NONE},
      {"访谈", v1::Answer::EVIDENCE_DEGREE_STATED},       {"stated", v1::Answer::EVIDENCE_DEGREE_STATED},
      {"文件", v1::Answer::EVIDENCE_DEGREE_DOCUMENTED},   {"documented", v1::Answer::EVIDENCE_DEGREE_DOCUMENTED},
      {"演示", v1::Answer::EVIDENCE_DEGREE_DEMONSTRATED}, {"DEMONSTRATED", v1::Answer::EVIDENCE_DEGREE_DEMONSTRATED},
      {"", v1::Answer::EVIDENCE_DEGREE_UNSPECIFIED}};
  for (const auto& [text, degree] : cases) {
    SheetRow row = Row("1");
    row.evidence_degree = text;
    ASSERT_OK_AND_ASSIGN(const auto answer, AnswerOf(row));
    EXPECT_EQ(answer->evidence_degree(), degree) << text;
  }
  SheetRow row = Row("1");
  row.evidence_degree = "看过";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("证据程度 evidence degree"));
}

TEST(AnswerOf, RefusesAnItemThatIsMissingOrNoId) {
  SheetRow row = Row("1");
  row.item = " ";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("条目 item: it is empty"));
  row.item = "战略";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("条目 item: it does not have the form"));
}

TEST(AnswerOf, RefusesANoteThatTheContractWouldRefuse) {
  SheetRow row = Row("1");
  for (int i = 0; i < 1000; ++i) row.note += "字";
  EXPECT_THAT(AnswerOf(row), IsOk());
  row.note += "字";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("说明 note: it has 1001 characters and may have 1000"));
  row.note = "\x07";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("含有控制字符"));
}

TEST(AnswerOf, PairsTheLinesOfTitlesAndLinks) {
  SheetRow row = Row("1");
  row.evidence_title = "看板\r\n\r\n台账";
  row.evidence_link = "https://example.cn/a?b=1\n applicants/91320594MA1MXYZ12B/assessments/a/attachments/b ";
  ASSERT_OK_AND_ASSIGN(const auto answer, AnswerOf(row));
  ASSERT_EQ(answer->evidence_size(), 2);
  EXPECT_EQ(answer->evidence(0).title(), "看板");
  EXPECT_EQ(answer->evidence(0).link(), "https://example.cn/a?b=1");
  EXPECT_EQ(answer->evidence(1).title(), "台账");
  EXPECT_EQ(answer->evidence(1).attachment(), "applicants/91320594MA1MXYZ12B/assessments/a/attachments/b");
}

TEST(AnswerOf, RefusesATitleWithoutALinkAndALinkWithoutATitle) {
  SheetRow row = Row("1");
  row.evidence_title = "看板\n台账";
  row.evidence_link = "https://example.cn/a";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("证据标题 evidence title: its line 2 stands beside no line of 证据链接"));
  row.evidence_title = "";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("证据链接 evidence link: its line 1 stands beside no line of 证据标题"));
}

TEST(AnswerOf, RefusesWhatIsNoAddress) {
  SheetRow row = Row("1");
  row.evidence_title = "看板";
  for (const char* link : {"javascript:alert(1)", "file:///etc/passwd", "见附件", "https://"}) {
    row.evidence_link = link;
    EXPECT_THAT(AnswerOf(row), IsFaultySaying("证据链接 evidence link: it does not have the form")) << link;
  }
}

TEST(AnswerOf, RefusesMorePiecesThanAnAnswerHas) {
  SheetRow row = Row("1");
  for (int i = 0; i < 6; ++i) row.evidence_title += "看板\n", row.evidence_link += "https://example.cn/a\n";
  EXPECT_THAT(AnswerOf(row), IsFaultySaying("it has 6 lines of evidence and may have 5"));
}

TEST(AnswerOf, NamesEveryFaultOfARowAtOnce) {
  SheetRow row = Row("maybe");
  row.evidence_degree = "seen";
  EXPECT_THAT(AnswerOf(row), AllOf(IsFaultySaying("`maybe`"), IsFaultySaying("`seen`")));
}

}  // namespace
}  // namespace jiebang::maturity
