// What needs others: benchmarks, the sites of a group, indicators.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/uscc/uscc.h"
#include "jiebang/maturity/v1/insight_service.pb.h"
#include "jiebang/maturity/v1/kpi_service.pb.h"
#include "services/maturity/testing/suite.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kIndicators[] = "programmes/smart-factory-2024-shaanxi/indicatorLists/kpi-2024";

// The n-th enterprise that there is not.
std::string Invented(int n) {
  std::string first = absl::StrCat("91320500MA", n % 10, "T", n / 10 % 10, "QX", n / 100 % 10);
  std::string organisation = first.substr(8);
  first = first.substr(0, 8) + organisation + OrganisationCheckCharacter(organisation);
  return first + UsccCheckCharacter(first);
}

class PeersServiceTest : public MaturitySuite {
 protected:
  absl::StatusOr<v1::Benchmark> Benchmark(const std::string& uscc, const std::string& id,
                                          std::vector<v1::PeerDimension> dimensions = {}) {
    v1::GetBenchmarkRequest request;
    request.set_name(NameOf(id, uscc));
    for (const v1::PeerDimension dimension : dimensions) request.add_dimensions(dimension);
    const auto response =
        Ask<v1::GetBenchmarkResponse>("GetBenchmark", Holding(options::v1::ROLE_APPLICANT, uscc), request);
    if (!response.ok()) return response.status();
    return response->benchmark();
  }
  // The n-th enterprise files an assessment of this level.
  void Peer(int n, int level, const std::string& industry = "3831") {
    ASSERT_THAT(Register(Invented(n), "plant", industry), IsOk());
    ASSERT_THAT(File(Invented(n), "a", UpTo(level)), IsOk());
  }
  absl::StatusOr<v1::SaveKpiReportResponse> Report(const std::string& uscc, int year, const std::string& value,
                                                   const std::string& etag = "") {
    v1::SaveKpiReportRequest request;
    request.mutable_report()->set_name(absl::StrCat(ObjectOf("plant", uscc), "/kpiReports/", year));
    request.mutable_report()->set_indicator_list(kIndicators);
    request.mutable_report()->set_etag(etag);
    v1::KpiValue& figure = *request.mutable_report()->add_values();
    figure.set_indicator("nc-rate");
    figure.set_value(value);
    return Ask<v1::SaveKpiReportResponse>("SaveKpiReport", Holding(options::v1::ROLE_APPLICANT, uscc), request);
  }
  absl::StatusOr<v1::RollUp> RollUp() {
    v1::RollUpRequest request;
    request.set_group(absl::StrCat("applicants/", kMine));
    request.set_model(kModel);
    const auto response = Ask<v1::RollUpResponse>("RollUp", kApplicant, request);
    if (!response.ok()) return response.status();
    return response->roll_up();
  }
};

TEST_F(PeersServiceTest, NothingIsShownUntilFiveOthersAreThere) {
  ASSERT_THAT(File(kMine, "a", UpTo(3)), IsOk());
  for (int n = 0; n < 4; ++n) Peer(n, n);
  Settle();

  ASSERT_OK_AND_ASSIGN(const v1::Benchmark four, Benchmark(kMine, "a"));
  EXPECT_TRUE(four.withheld());
  EXPECT_EQ(four.enterprise_count(), 0);
  EXPECT_FALSE(four.has_total());
  EXPECT_THAT(four.level_counts(), IsEmpty());
  EXPECT_EQ(four.subdomains(0).mean(), "");
  EXPECT_EQ(four.subdomains_size(), 20) << "the own ones are no secret to their owner";
  EXPECT_FALSE(four.references().empty());

  Peer(4, 4, "3911");
  Settle();

  ASSERT_OK_AND_ASSIGN(const v1::Benchmark five, Benchmark(kMine, "a"));
  EXPECT_FALSE(five.withheld());
  EXPECT_EQ(five.enterprise_count(), 5);
  EXPECT_THAT(five.level_counts(), ElementsAre(1, 1, 1, 1, 1, 0));
  EXPECT_EQ(five.total().count(), 5);
  EXPECT_EQ(five.total().better_than_permille(), 700) << "better than three of five, and even with one";
  EXPECT_EQ(five.events_behind(), 0);
  ASSERT_OK_AND_ASSIGN(const v1::Benchmark industry, Benchmark(kMine, "a", {v1::PEER_DIMENSION_INDUSTRY}));
  EXPECT_TRUE(industry.withheld()) << "the fifth is of another industry";
}

TEST_F(PeersServiceTest, WhoSubmitsAgainCountsOnce) {
  for (int n = 0; n < 6; ++n) Peer(n, 1);
  clock_.Advance(absl::Hours(24));
  ASSERT_THAT(File(Invented(0), "b", UpTo(4)), IsOk());
  Settle();

  ASSERT_OK_AND_ASSIGN(const v1::Benchmark benchmark, Benchmark(Invented(1), "a"));

  EXPECT_EQ(benchmark.enterprise_count(), 5);
  EXPECT_THAT(benchmark.level_counts(), ElementsAre(0, 4, 0, 0, 1, 0));
}

TEST_F(PeersServiceTest, ADraftHasNoPeers) {
  ASSERT_THAT(Draft(kMine, "a", UpTo(3)), IsOk());

  EXPECT_THAT(Benchmark(kMine, "a"), IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_NOT_SUBMITTED"));
}

TEST_F(PeersServiceTest, AGroupSumsUpItsSitesAndThoseThatNameIt) {
  ASSERT_THAT(File(kMine, "a", UpTo(4)), IsOk());
  Peer(1, 1);
  Peer(2, 2);
  const auto name_group = [this](int n, const std::string& group) {
    v1::UpdateObjectRequest request;
    request.mutable_object()->set_name(ObjectOf("plant", Invented(n)));
    request.mutable_object()->set_group(group);
    request.mutable_update_mask()->add_paths("group");
    return Ask<v1::UpdateObjectResponse>("UpdateObject", Holding(options::v1::ROLE_APPLICANT, Invented(n)), request);
  };
  ASSERT_THAT(name_group(1, kMine), IsOk());
  Settle();

  ASSERT_OK_AND_ASSIGN(const v1::RollUp both, RollUp());
  ASSERT_EQ(both.sites_size(), 2);
  EXPECT_EQ(both.minimum_level(), 1);
  EXPECT_EQ(both.sites(0).object().name(), ObjectOf("plant", Invented(1)));

  // It takes its word back: at once, whatever the projection knows.
  ASSERT_THAT(name_group(1, ""), IsOk());
  EXPECT_EQ(RollUp()->sites_size(), 1);
  Settle();
  EXPECT_EQ(RollUp()->sites_size(), 1);
}

TEST_F(PeersServiceTest, FiguresAreReportedComparedAndSetBesidePeers) {
  ASSERT_THAT(Report(kMine, 2024, "80"), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto saved, Report(kMine, 2025, "92.5"));
  EXPECT_THAT(Report(kMine, 2025, "93"), IsRefusal(absl::StatusCode::kAlreadyExists, "KPI_REPORT_EXISTS"));
  EXPECT_THAT(Report(kMine, 2025, "93", "7"), IsRefusal(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
  ASSERT_THAT(Report(kMine, 2025, "93", saved.report().etag()), IsOk());
  EXPECT_THAT(Report(kMine, 2023, "101"), HasViolation("report.values[0].value", "plausible range"));
  for (int n = 0; n < 5; ++n) {
    ASSERT_THAT(Register(Invented(n), "plant"), IsOk());
    ASSERT_THAT(Report(Invented(n), 2025, absl::StrCat(n * 20)), IsOk());
  }
  Settle();
  const std::string name = absl::StrCat(ObjectOf("plant"), "/kpiReports/2025");

  v1::CompareKpisRequest compare;
  compare.set_name(name);
  ASSERT_OK_AND_ASSIGN(const auto compared, Ask<v1::CompareKpisResponse>("CompareKpis", kApplicant, compare));
  v1::GetKpiBenchmarkRequest request;
  request.set_name(name);
  ASSERT_OK_AND_ASSIGN(const auto peers, Ask<v1::GetKpiBenchmarkResponse>("GetKpiBenchmark", kApplicant, request));

  EXPECT_EQ(compared.baseline_year(), 2024);
  EXPECT_EQ(compared.changes_size(), 20) << "one for each indicator of the annex";
  EXPECT_EQ(compared.changes(0).difference(), "13");
  EXPECT_EQ(compared.changes(0).trend(), v1::KpiChange::TREND_BETTER);
  EXPECT_FALSE(peers.withheld());
  ASSERT_EQ(peers.indicators_size(), 1);
  EXPECT_EQ(peers.indicators(0).distribution().better_than_permille(), 1000);
  EXPECT_EQ(peers.indicators(0).distribution().mean(), "40.0000");
}

TEST_F(PeersServiceTest, ShowsTheIndicatorListsOfTheProgrammes) {
  const auto lists = Ask<v1::ListIndicatorListsResponse>("ListIndicatorLists", {}, v1::ListIndicatorListsRequest());

  ASSERT_THAT(lists, IsOk());
  ASSERT_EQ(lists->lists_size(), 1);
  EXPECT_EQ(lists->lists(0).name(), kIndicators);
}

TEST_F(PeersServiceTest, AnApplicantHasFiveHundredObjects) {
  for (int i = 1; i < 500; ++i) ASSERT_THAT(Register(kMine, absl::StrCat("plant-", i)), IsOk());

  EXPECT_THAT(Register(kMine, "plant-500"), IsRefusal(absl::StatusCode::kResourceExhausted, "OBJECTS_FULL"));
  EXPECT_THAT(Register(kOther, "plant"), IsOk());
}

TEST_F(PeersServiceTest, ObjectsAreTheirOwners) {
  v1::GetObjectRequest request;
  request.set_name(ObjectOf("plant"));

  EXPECT_THAT(Ask<v1::GetObjectResponse>("GetObject", kStranger, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Register(kMine, "plant"), IsRefusal(absl::StatusCode::kAlreadyExists, "OBJECT_EXISTS"));
  EXPECT_THAT(Register(kMine, "other", "0111"), StatusIs(absl::StatusCode::kInvalidArgument)) << "no manufacturing";
}

}  // namespace
}  // namespace jiebang::maturity
