#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/report/report.h"
#include "services/maturity/report/testing_report.h"

namespace jiebang::maturity {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

template <class Number>
Number At(const std::string& bytes, std::size_t place) {
  Number number;
  std::memcpy(&number, bytes.data() + place, sizeof number);
  return number;
}

std::string Inflated(const std::string& packed, std::size_t size) {
  std::string bytes(size, '\0');
  z_stream stream = {};
  EXPECT_EQ(inflateInit2(&stream, -MAX_WBITS), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  return bytes;
}

// The parts of a ZIP archive by name, from its central directory (APPNOTE 4.3.12 to 4.3.16).
std::map<std::string, std::string> Unzipped(const std::string& archive) {
  std::map<std::string, std::string> parts;
  const std::size_t end = archive.rfind("PK\x05\x06");
  if (end == std::string::npos) {
    ADD_FAILURE() << "no ZIP archive";
    return parts;
  }
  std::size_t entry = At<std::uint32_t>(archive, end + 16);
  for (int left = At<std::uint16_t>(archive, end + 10); left > 0; --left) {
    const auto name_size = At<std::uint16_t>(archive, entry + 28);
    const std::string name = archive.substr(entry + 46, name_size);
    const auto local = At<std::uint32_t>(archive, entry + 42);
    const std::size_t data =
        local + 30 + At<std::uint16_t>(archive, local + 26) + At<std::uint16_t>(archive, local + 28);
    const std::string packed = archive.substr(data, At<std::uint32_t>(archive, entry + 20));
    const bool stored = At<std::uint16_t>(archive, entry + 10) == 0;
    parts[name] = stored ? packed : Inflated(packed, At<std::uint32_t>(archive, entry + 24));
    entry += 46 + name_size + At<std::uint16_t>(archive, entry + 30) + At<std::uint16_t>(archive, entry + 32);
  }
  return parts;
}

std::map<std::string, std::string> PartsOf(const Report& report) {
  const auto bytes = RenderSpreadsheet(report);
  EXPECT_THAT(bytes, IsOk());
  return bytes.ok() ? Unzipped(*bytes) : std::map<std::string, std::string>();
}

TEST(RenderSpreadsheet, HasFourSheets) {
  const auto parts = PartsOf(LevelTwoReport());
  for (const char* name : {"概览 Overview", "作答 Answers", "得分 Scores", "下一步 Next steps"}) {
    EXPECT_THAT(parts.at("xl/workbook.xml"), HasSubstr(absl::StrCat("<sheet name=\"", name, "\"")));
  }
}

TEST(RenderSpreadsheet, KeepsANoteThatLooksLikeAFormulaAsText) {
  Report report = LevelTwoReport();
  FirstAnswer(report).set_note("=HYPERLINK(\"https://example.cn\",\"看\")");
  const auto parts = PartsOf(report);
  EXPECT_THAT(parts.at("xl/sharedStrings.xml"), HasSubstr("<t>=HYPERLINK(\"https://example.cn\",\"看\")</t>"));
  for (const auto& [name, part] : parts) {
    EXPECT_THAT(part, Not(HasSubstr("<f>"))) << name;
  }
}

TEST(RenderSpreadsheet, FreezesAndFiltersTheTables) {
  const auto parts = PartsOf(LevelTwoReport());
  for (const int sheet : {2, 3, 4}) {
    const std::string& part = parts.at(absl::StrCat("xl/worksheets/sheet", sheet, ".xml"));
    EXPECT_THAT(part, HasSubstr("state=\"frozen\""));
    EXPECT_THAT(part, HasSubstr("<autoFilter ref=\"A1:"));
    EXPECT_THAT(part, ContainsRegex("<col min=\"1\" max=\"1\" width="));
  }
}

TEST(RenderSpreadsheet, SaysScoresExactlyAndInDecimals) {
  Report report = LevelTwoReport();
  v1::SubdomainScore& score = *report.assessment.mutable_result()->mutable_levels(0)->mutable_subdomains(0);
  score.mutable_score()->set_numerator(23);
  score.mutable_score()->set_denominator(30);
  const auto parts = PartsOf(report);
  EXPECT_THAT(parts.at("xl/sharedStrings.xml"), HasSubstr("<t>23/30</t>"));
  EXPECT_THAT(parts.at("xl/worksheets/sheet3.xml"), HasSubstr("<v>0.7666666"));
}

TEST(RenderSpreadsheet, IsTheSameForTheSameReport) {
  ASSERT_OK_AND_ASSIGN(const std::string once, RenderSpreadsheet(LevelTwoReport()));
  ASSERT_OK_AND_ASSIGN(const std::string again, RenderSpreadsheet(LevelTwoReport()));
  EXPECT_TRUE(once == again);
}

TEST(RenderSpreadsheet, TakesAReportOfWhichLittleIsKnown) {
  Report report;
  report.model = LevelTwoReport().model;
  EXPECT_THAT(RenderSpreadsheet(report), IsOk());
}

}  // namespace
}  // namespace jiebang::maturity
