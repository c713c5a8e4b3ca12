#include "services/maturity/report/pdf_document.h"

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/report/testing_report.h"

namespace jiebang::maturity {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

int PagesOf(const Report& report) {
  const auto document = pdf::Compose(report);
  EXPECT_THAT(document, IsOk());
  return document.ok() ? document->page_count : 0;
}

TEST(RenderPdf, IsAPdfOfSeveralPages) {
  ASSERT_OK_AND_ASSIGN(const pdf::Document document, pdf::Compose(LevelTwoReport()));
  EXPECT_THAT(document.bytes, StartsWith("%PDF-1."));
  EXPECT_THAT(document.bytes, EndsWith("%%EOF\n"));
  EXPECT_THAT(document.bytes, HasSubstr(absl::StrCat("/Count ", document.page_count)));
  EXPECT_GT(document.page_count, 5);
}

TEST(RenderPdf, HasAGlyphForEveryCharacter) {
  ASSERT_OK_AND_ASSIGN(const pdf::Document submitted, pdf::Compose(LevelTwoReport()));
  EXPECT_EQ(submitted.missing_glyphs, 0);
  ASSERT_OK_AND_ASSIGN(const pdf::Document draft, pdf::Compose(DraftReport()));
  EXPECT_EQ(draft.missing_glyphs, 0);
}

TEST(RenderPdf, IsTheSameForTheSameReport) {
  ASSERT_OK_AND_ASSIGN(const std::string once, RenderPdf(LevelTwoReport()));
  ASSERT_OK_AND_ASSIGN(const std::string again, RenderPdf(LevelTwoReport()));
  EXPECT_TRUE(once == again);
}

TEST(RenderPdf, RunsInSeveralThreads) {
  ASSERT_OK_AND_ASSIGN(const std::string expected, RenderPdf(DraftReport()));
  std::vector<std::string> rendered(3);
  std::vector<std::thread> threads;
  for (std::string& bytes : rendered) {
    threads.emplace_back([&bytes] { bytes = RenderPdf(DraftReport()).value_or(""); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& bytes : rendered) EXPECT_TRUE(bytes == expected);
}

TEST(RenderPdf, BreaksALongNoteOverPages) {
  Report report = DraftReport();
  const int before = PagesOf(report);
  for (int i = 0; i < 10; ++i) report.assessment.mutable_answers(i)->set_note(Prose(1000));
  EXPECT_GT(PagesOf(report), before + 4);
}

TEST(RenderPdf, BreaksANoteThatIsLongerThanAPage) {
  Report report = DraftReport();
  const int before = PagesOf(report);
  std::string note;
  for (int i = 0; i < 500; ++i) note += "\n行";
  FirstAnswer(report).set_note(note);
  EXPECT_GE(PagesOf(report), before + 6);
}

TEST(RenderPdf, TakesAReportOfWhichLittleIsKnown) {
  Report report;
  report.model = LevelTwoReport().model;
  EXPECT_GT(PagesOf(report), 1);
  report.assessment.set_manufacturing_type(v1::MANUFACTURING_TYPE_PROCESS);
  report.assessment.add_answers()->set_item("no-such-item");
  report.diagnosis.set_next_level(1);
  report.diagnosis.add_plan()->set_item("no-such-item");
  EXPECT_GT(PagesOf(report), 1);
}

TEST(RenderPdf, TakesTheLongestTexts) {
  Report report = LevelTwoReport();
  report.object.set_title(Prose(120));
  report.assessment.mutable_tailored_subdomains(0)->set_reason(Prose(500));
  for (v1::OpenedCondition& opened : *report.diagnosis.mutable_opens()) {
    opened.mutable_text()->set_zh(Prose(2000));
    opened.mutable_programme_title()->set_zh(Prose(2000));
  }
  FirstAnswer(report).set_note(std::string(1000, 'W'));
  EXPECT_GT(PagesOf(report), 5);
}

}  // namespace
}  // namespace jiebang::maturity
