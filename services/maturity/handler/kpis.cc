#include "services/maturity/handler/kpis.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/kpi.h"

namespace jiebang::maturity {
namespace {

// The year that a report's figures are set beside: the one asked for, or the earliest by the same list.
const v1::KpiReport* BaselineOf(const v1::KpiReport& report, int year, const std::vector<v1::KpiReport>& ascending) {
  for (const v1::KpiReport& candidate : ascending) {
    if (candidate.indicator_list() != report.indicator_list()) continue;
    const absl::StatusOr<KpiReportName> name = KpiReportName::Parse(candidate.name(), "name");
    if (name.ok() && (year == 0 || name->year == year)) return &candidate;
  }
  return nullptr;
}

}  // namespace

Task<absl::StatusOr<v1::ListIndicatorListsResponse>> Kpis::ListLists(const rpc::Call& /*call*/,
                                                                     const v1::ListIndicatorListsRequest& /*request*/) {
  v1::ListIndicatorListsResponse response;
  for (const std::string& id : catalogue_.programmes.ids()) {
    for (const IndicatorList& list : catalogue_.programmes.Find(id)->proto().indicator_lists()) {
      v1::NamedIndicatorList& named = *response.add_lists();
      const IndicatorListName name{.programme = id, .list = list.id()};
      named.set_name(name.ToString());
      *named.mutable_list() = list;
    }
  }
  co_return response;
}

Task<absl::StatusOr<v1::SaveKpiReportResponse>> Kpis::Save(const rpc::Call& call,
                                                           const v1::SaveKpiReportRequest& request) {
  const v1::KpiReport& asked = request.report();
  CO_ASSIGN_OR_RETURN(const KpiReportName name, KpiReportName::Parse(asked.name(), "report.name"));
  CO_ASSIGN_OR_RETURN(const IndicatorList* const list,
                      catalogue_.Indicators(asked.indicator_list(), "report.indicator_list"));
  CO_ASSIGN_OR_RETURN(const KeptObject object, co_await objects_.Get(name.object));
  CO_ASSIGN_OR_RETURN(const std::optional<KeptKpiReport> present, co_await kpis_.Find(name));
  if (present && asked.etag().empty()) co_return errors::KpiReportExists(name.ToString());
  const std::string etag = present ? present->message.etag() : "";
  if (asked.etag() != etag) co_return errors::EtagMismatch(name.ToString(), asked.etag(), etag);
  CO_ASSIGN_OR_RETURN(v1::KpiReport report,
                      Reported(*list, name, asked, present ? &present->message : nullptr, object.message, call.now()));
  const std::uint64_t version = present ? present->version : 0;
  report.set_etag(absl::StrCat(version + 1));
  v1::SaveKpiReportResponse response;
  *response.mutable_report() = report;
  store::Event event = call.Happened("kpi_report.saved", name.ToString());
  const absl::Status saved =
      co_await kpis_.Save(name, std::move(report), version, std::move(event), call.Answered(response));
  if (absl::IsAborted(saved)) co_return errors::ConcurrentChange(name.ToString());
  CO_RETURN_IF_ERROR(saved);
  co_return response;
}

Task<absl::StatusOr<v1::GetKpiReportResponse>> Kpis::Get(const rpc::Call& /*call*/,
                                                         const v1::GetKpiReportRequest& request) {
  CO_ASSIGN_OR_RETURN(const KpiReportName name, KpiReportName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(std::optional<KeptKpiReport> kept, co_await kpis_.Find(name));
  if (!kept) co_return errors::KpiReportNotFound(request.name());
  v1::GetKpiReportResponse response;
  *response.mutable_report() = std::move(kept->message);
  co_return response;
}

Task<absl::StatusOr<v1::ListKpiReportsResponse>> Kpis::List(const rpc::Call& /*call*/,
                                                            const v1::ListKpiReportsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ObjectName object, ObjectName::Parse(request.parent(), "parent"));
  CO_ASSIGN_OR_RETURN(std::vector<v1::KpiReport> reports, co_await kpis_.Of(object));
  v1::ListKpiReportsResponse response;
  for (v1::KpiReport& report : reports) *response.add_reports() = std::move(report);
  co_return response;
}

Task<absl::StatusOr<v1::CompareKpisResponse>> Kpis::Compare(const rpc::Call& /*call*/,
                                                            const v1::CompareKpisRequest& request) {
  CO_ASSIGN_OR_RETURN(const KpiReportName name, KpiReportName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(const std::optional<KeptKpiReport> kept, co_await kpis_.Find(name));
  if (!kept) co_return errors::KpiReportNotFound(request.name());
  CO_ASSIGN_OR_RETURN(const IndicatorList* const list,
                      catalogue_.Indicators(kept->message.indicator_list(), "report.indicator_list"));
  CO_ASSIGN_OR_RETURN(const std::vector<v1::KpiReport> all, co_await kpis_.Of(name.object));
  const v1::KpiReport* baseline = BaselineOf(kept->message, request.baseline_year(), all);
  if (baseline == nullptr) {
    const KpiReportName wanted{.object = name.object, .year = request.baseline_year()};
    co_return errors::KpiReportNotFound(wanted.ToString());
  }
  if (baseline->name() == kept->message.name()) baseline = nullptr;
  v1::CompareKpisResponse response;
  if (baseline != nullptr) {
    CO_ASSIGN_OR_RETURN(const KpiReportName baseline_name, KpiReportName::Parse(baseline->name(), "name"));
    response.set_baseline_year(baseline_name.year);
  }
  for (v1::KpiChange& change : ChangesOf(*list, kept->message, baseline)) *response.add_changes() = std::move(change);
  co_return response;
}

void Kpis::Register(rpc::ServiceMethods& methods) {
  methods.Add("ListIndicatorLists", this, &Kpis::ListLists);
  methods.Add("SaveKpiReport", this, &Kpis::Save);
  methods.Add("GetKpiReport", this, &Kpis::Get);
  methods.Add("ListKpiReports", this, &Kpis::List);
  methods.Add("CompareKpis", this, &Kpis::Compare);
}

}  // namespace jiebang::maturity
