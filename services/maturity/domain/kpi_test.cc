#include "services/maturity/domain/kpi.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace jiebang::maturity {
namespace {

const absl::Time kReported = absl::FromUnixSeconds(1'790'000'000);  // September 2026

IndicatorList ListOfThree() {
  IndicatorList list;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(R"(
    id: "kpi"
    groups {
      indicators { id: "nc-rate" direction: DIRECTION_HIGHER_IS_BETTER plausible_least: "0" plausible_most: "100" }
      indicators { id: "models" direction: DIRECTION_HIGHER_IS_BETTER plausible_least: "0" }
    }
    groups { indicators { id: "defects" direction: DIRECTION_LOWER_IS_BETTER } }
  )",
                                                            &list));
  return list;
}

KpiReportName ReportOf(int year) {
  return {.object = {.applicant = {.uscc = "91320000000000000X"}, .id = "plant"}, .year = year};
}

v1::KpiReport Figures(std::initializer_list<std::pair<std::string, std::string>> values, const std::string& note = "") {
  v1::KpiReport report;
  report.set_indicator_list("programmes/p/indicatorLists/kpi");
  for (const auto& [indicator, value] : values) {
    v1::KpiValue& one = *report.add_values();
    one.set_indicator(indicator);
    one.set_value(value);
    one.set_note(note);
  }
  return report;
}

TEST(KpiTest, NamesEveryFigureThatIsWrong) {
  const v1::KpiReport asked =
      Figures({{"nc-rate", "100.1"}, {"moon", "1"}, {"models", "7"}, {"models", "8"}, {"defects", "1e3"}});

  const auto report = Reported(ListOfThree(), ReportOf(2025), asked, nullptr, {}, kReported);

  EXPECT_THAT(report, IsRefusal(absl::StatusCode::kInvalidArgument, "KPI_INVALID"));
  EXPECT_THAT(report, HasViolation("report.values[0].value", "plausible range [0, 100]"));
  EXPECT_THAT(report, HasViolation("report.values[1].indicator", "moon"));
  EXPECT_THAT(report, HasViolation("report.values[3].indicator", "twice"));
  EXPECT_THAT(report, HasViolation("report.values[4].value", "1e3"));
}

TEST(KpiTest, AnImplausibleFigureIsTakenWithANote) {
  EXPECT_THAT(Reported(ListOfThree(), ReportOf(2025), Figures({{"models", "-3"}}, "口径说明"), nullptr, {}, kReported),
              IsOk());
}

TEST(KpiTest, AYearThatHasNotBegunIsRefused) {
  EXPECT_THAT(Reported(ListOfThree(), ReportOf(2026), Figures({}), nullptr, {}, kReported), IsOk());
  EXPECT_THAT(Reported(ListOfThree(), ReportOf(2027), Figures({}), nullptr, {}, kReported),
              IsRefusal(absl::StatusCode::kInvalidArgument, "KPI_INVALID"));
}

TEST(KpiTest, AReportKeepsItsList) {
  v1::KpiReport present = Figures({});
  present.set_indicator_list("programmes/p/indicatorLists/other");

  EXPECT_THAT(Reported(ListOfThree(), ReportOf(2025), Figures({}), &present, {}, kReported),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "INDICATOR_LISTS_MIXED"));
}

TEST(KpiTest, ChangesMindTheDirection) {
  const v1::KpiReport now = Figures({{"nc-rate", "92.5"}, {"models", "-3"}, {"defects", "0.8"}});
  const v1::KpiReport before = Figures({{"nc-rate", "80"}, {"defects", "1.2"}});

  const std::vector<v1::KpiChange> changes = ChangesOf(ListOfThree(), now, &before);

  ASSERT_EQ(changes.size(), 3);
  EXPECT_EQ(changes[0].difference(), "12.5");
  EXPECT_EQ(changes[0].relative_percent(), "15.63");
  EXPECT_EQ(changes[0].trend(), v1::KpiChange::TREND_BETTER);
  EXPECT_EQ(changes[1].difference(), "");
  EXPECT_EQ(changes[1].trend(), v1::KpiChange::TREND_UNSPECIFIED);
  EXPECT_TRUE(changes[1].implausible());
  EXPECT_EQ(changes[2].difference(), "-0.4");
  EXPECT_EQ(changes[2].relative_percent(), "-33.33");
  EXPECT_EQ(changes[2].trend(), v1::KpiChange::TREND_BETTER);
}

TEST(KpiTest, WithoutABaselineThereIsNoChange) {
  const std::vector<v1::KpiChange> changes = ChangesOf(ListOfThree(), Figures({{"nc-rate", "92.5"}}), nullptr);

  EXPECT_EQ(changes[0].value(), "92.5");
  EXPECT_EQ(changes[0].baseline(), "");
  EXPECT_EQ(changes[0].trend(), v1::KpiChange::TREND_UNSPECIFIED);
}

}  // namespace
}  // namespace jiebang::maturity
