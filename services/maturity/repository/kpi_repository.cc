#include "services/maturity/repository/kpi_repository.h"

#include <string>
#include <utility>

namespace jiebang::maturity {
namespace {

constexpr char kReports[] = "kpi_report";  // {object}/{year}
constexpr int kYears = 100;                // 2000 to 2099

std::string ReportId(const KpiReportName& name) { return absl::StrCat(name.object.id, "/", name.year); }

store::Key ReportKey(const KpiReportName& name) {
  return {.table = kReports, .partition = name.object.applicant.ToString(), .id = ReportId(name)};
}

}  // namespace

Task<absl::StatusOr<std::optional<KeptKpiReport>>> KpiRepository::Find(KpiReportName name) const {
  CO_ASSIGN_OR_RETURN(std::optional<KeptKpiReport> kept,
                      co_await maturity::Find<v1::KpiReport>(store_, ReportKey(name)));
  if (kept) kept->message.set_etag(absl::StrCat(kept->version));
  co_return kept;
}

Task<absl::Status> KpiRepository::Save(KpiReportName name, v1::KpiReport report, std::uint64_t version,
                                       store::Event event, std::optional<store::Replay> replay) const {
  report.clear_etag();
  store::Commit commit{.partition = name.object.applicant.ToString(), .replay = std::move(replay)};
  commit.preconditions.push_back({.table = kReports, .id = ReportId(name), .version = version});
  commit.puts.push_back({.table = kReports, .id = ReportId(name), .value = report.SerializeAsString()});
  commit.events.push_back(std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<std::vector<v1::KpiReport>>> KpiRepository::Of(ObjectName object) const {
  CO_ASSIGN_OR_RETURN(const store::Page page, co_await store_.Scan(kReports, object.applicant.ToString(),
                                                                   absl::StrCat(object.id, "/"), "", kYears));
  std::vector<v1::KpiReport> reports;
  for (const store::Record& record : page.records) {
    CO_ASSIGN_OR_RETURN(KeptKpiReport kept, Parsed<v1::KpiReport>(record));
    kept.message.set_etag(absl::StrCat(kept.version));
    reports.push_back(std::move(kept.message));
  }
  co_return reports;
}

}  // namespace jiebang::maturity
