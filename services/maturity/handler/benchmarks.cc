#include "services/maturity/handler/benchmarks.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/domain/decimal.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/domain/trend.h"
#include "services/maturity/handler/drafts.h"

namespace jiebang::maturity {
namespace {

std::vector<v1::PeerDimension> DimensionsOf(const google::protobuf::RepeatedField<int>& asked) {
  std::vector<v1::PeerDimension> dimensions;
  for (const int dimension : asked) dimensions.push_back(static_cast<v1::PeerDimension>(dimension));
  return dimensions;
}

v1::Tally TallyOf(const v1::PeerCell& cell, const std::string& metric) {
  const auto found = cell.tallies().find(metric);
  return found == cell.tallies().end() ? v1::Tally() : found->second;
}

void AddOthers(const v1::PeerCell& others, const v1::Assessment& own, v1::Benchmark& benchmark) {
  benchmark.set_enterprise_count(others.enterprise_count());
  *benchmark.mutable_total() = DistributionOf(TallyOf(others, std::string(kTotalMetric)), BinningOf(kTotalMetric),
                                              TenThousandthsOf(FromProto(own.result().total())));
  const v1::Tally levels = TallyOf(others, std::string(kLevelMetric));
  for (int level = 0; level <= kLevels; ++level) benchmark.add_level_counts(0);
  for (int i = 0; i < levels.bins_size(); ++i) benchmark.set_level_counts(levels.bins(i), levels.bin_counts(i));
}

void AddSubdomains(const v1::PeerCell* others, std::vector<v1::SubdomainReach> own, v1::Benchmark& benchmark) {
  for (v1::SubdomainReach& reach : own) {
    v1::SubdomainBenchmark& subdomain = *benchmark.add_subdomains();
    subdomain.set_subdomain(reach.subdomain());
    *subdomain.mutable_own() = std::move(*reach.mutable_reach());
    if (others == nullptr) continue;
    const v1::Tally tally = TallyOf(*others, SubdomainMetric(reach.subdomain()));
    subdomain.set_mean(MeanOf(tally));
    subdomain.set_count(tally.count());
  }
}

}  // namespace

Task<absl::StatusOr<std::optional<v1::PeerCell>>> Benchmarks::OthersIn(Comparison comparison, v1::PeerGroup group,
                                                                       ApplicantName own) const {
  CO_ASSIGN_OR_RETURN(const v1::PeerCell cell, co_await peers_.Cell(comparison, group));
  CO_ASSIGN_OR_RETURN(const Contributions contributions, co_await peers_.ContributionsOf(comparison, own));
  co_return Others(group, cell, contributions);
}

Task<absl::StatusOr<v1::GetBenchmarkResponse>> Benchmarks::Get(const rpc::Call& call,
                                                               const v1::GetBenchmarkRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(const KeptAssessment kept, co_await Visible(assessments_, call, name));
  const v1::Assessment& own = kept.assessment;
  if (own.state() != v1::Assessment::STATE_SUBMITTED) co_return errors::AssessmentNotSubmitted(own.name());
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(own.model()));
  CO_ASSIGN_OR_RETURN(std::vector<v1::SubdomainReach> reaches, ReachesOf(model, own));
  const v1::PeerContribution contribution = ContributionOf(own, reaches);
  v1::PeerGroup group = Narrowed(contribution.group(), DimensionsOf(request.dimensions()));
  if (request.year() != 0) group.set_year(request.year());
  const Comparison comparison = Comparison::OfModel(own.model(), own.manufacturing_type(), group.year());
  CO_ASSIGN_OR_RETURN(const std::optional<v1::PeerCell> others, co_await OthersIn(comparison, group, name.applicant));

  v1::GetBenchmarkResponse response;
  v1::Benchmark& benchmark = *response.mutable_benchmark();
  *benchmark.mutable_group() = group;
  benchmark.set_withheld(!others.has_value());
  if (others) AddOthers(*others, own, benchmark);
  AddSubdomains(others ? &*others : nullptr, std::move(reaches), benchmark);
  for (v1::ReferenceLine& line : ReferencesFor(catalogue_.references, contribution.group())) {
    *benchmark.add_references() = std::move(line);
  }
  CO_ASSIGN_OR_RETURN(const std::int64_t behind, co_await peers_.EventsBehind());
  benchmark.set_events_behind(behind);
  co_return response;
}

Task<absl::StatusOr<v1::ListReferenceLinesResponse>> Benchmarks::ListReferences(
    const rpc::Call& /*call*/, const v1::ListReferenceLinesRequest& /*request*/) {
  v1::ListReferenceLinesResponse response;
  for (const v1::ReferenceLine& line : catalogue_.references) *response.add_lines() = line;
  co_return response;
}

Task<absl::StatusOr<v1::GetKpiBenchmarkResponse>> Benchmarks::GetKpis(const rpc::Call& /*call*/,
                                                                      const v1::GetKpiBenchmarkRequest& request) {
  CO_ASSIGN_OR_RETURN(const KpiReportName name, KpiReportName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(const std::optional<KeptKpiReport> kept, co_await kpis_.Find(name));
  if (!kept) co_return errors::KpiReportNotFound(request.name());
  CO_ASSIGN_OR_RETURN(const IndicatorList* const list,
                      catalogue_.Indicators(kept->message.indicator_list(), "report.indicator_list"));
  const v1::PeerContribution own = ContributionOf(kept->message, name.year);
  const v1::PeerGroup group = Narrowed(own.group(), DimensionsOf(request.dimensions()));
  const Comparison comparison = Comparison::OfIndicators(kept->message.indicator_list(), name.year);
  CO_ASSIGN_OR_RETURN(const std::optional<v1::PeerCell> others,
                      co_await OthersIn(comparison, group, name.object.applicant));

  v1::GetKpiBenchmarkResponse response;
  *response.mutable_group() = group;
  response.set_withheld(!others.has_value());
  CO_ASSIGN_OR_RETURN(const std::int64_t behind, co_await peers_.EventsBehind());
  response.set_events_behind(behind);
  if (!others) co_return response;
  response.set_enterprise_count(others->enterprise_count());
  for (const programme::v1::IndicatorGroup& indicators : list->groups()) {
    for (const programme::v1::Indicator& indicator : indicators.indicators()) {
      const v1::Tally tally = TallyOf(*others, indicator.id());
      if (tally.count() == 0) continue;
      const auto figure = own.ten_thousandths().find(indicator.id());
      std::optional<std::int64_t> own_figure;
      if (figure != own.ten_thousandths().end()) own_figure = figure->second;
      v1::KpiBenchmark& proto = *response.add_indicators();
      proto.set_indicator(indicator.id());
      *proto.mutable_distribution() = DistributionOf(tally, BinningOf(indicator.id()), own_figure,
                                                     indicator.direction() != programme::v1::DIRECTION_LOWER_IS_BETTER);
    }
  }
  co_return response;
}

void Benchmarks::Register(rpc::ServiceMethods& insights, rpc::ServiceMethods& kpis) {
  insights.Add("GetBenchmark", this, &Benchmarks::Get);
  insights.Add("ListReferenceLines", this, &Benchmarks::ListReferences);
  kpis.Add("GetKpiBenchmark", this, &Benchmarks::GetKpis);
}

}  // namespace jiebang::maturity
