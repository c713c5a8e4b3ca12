#include "services/maturity/handler/projection.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/journal/follow.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/peers.h"
#include "services/maturity/domain/trend.h"

namespace jiebang::maturity {
namespace {

std::string DetailOf(const journal::v1::Event& event, const char* name) {
  const auto found = event.details().find(name);
  return found == event.details().end() ? "" : found->second;
}

}  // namespace

Task<void> Projection::Run() {
  journal::Projection take = [this](const journal::v1::Event& event) { return Take(event); };
  co_await journal::Follow(store_, kProjection, std::move(take));
}

Task<absl::Status> Projection::Take(const journal::v1::Event& event) {
  if (event.type() == "assessment.submitted") co_return co_await Submitted(event.resource());
  if (event.type() == "kpi_report.saved") co_return co_await Reported(event.resource());
  if (event.type() == "object.created" || event.type() == "object.updated") co_return co_await Grouped(event);
  co_return absl::OkStatus();
}

// A model that this process was not started with is somebody's mistake that must not stop the projection: its
// assessments are compared with nobody until the projection is rebuilt with it.
Task<absl::Status> Projection::Submitted(const std::string& assessment) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(assessment, "resource"));
  CO_ASSIGN_OR_RETURN(const KeptAssessment kept, co_await assessments_.Get(name));
  const std::shared_ptr<const MaturityModel> model = catalogue_.models.Find(kept.assessment.model());
  const absl::StatusOr<ObjectName> object = ObjectName::Parse(kept.assessment.object(), "object");
  if (model == nullptr || !object.ok()) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(const std::vector<v1::SubdomainReach> reaches, ReachesOf(model, kept.assessment));
  v1::PeerContribution contribution = ContributionOf(kept.assessment, reaches);
  const Comparison comparison =
      Comparison::OfModel(kept.assessment.model(), kept.assessment.manufacturing_type(), contribution.group().year());
  co_return co_await peers_.Contribute(comparison, *object, std::move(contribution));
}

Task<absl::Status> Projection::Reported(const std::string& report) {
  CO_ASSIGN_OR_RETURN(const KpiReportName name, KpiReportName::Parse(report, "resource"));
  CO_ASSIGN_OR_RETURN(const std::optional<KeptKpiReport> kept, co_await kpis_.Find(name));
  if (!kept) co_return absl::OkStatus();
  const Comparison comparison = Comparison::OfIndicators(kept->message.indicator_list(), name.year);
  co_return co_await peers_.Contribute(comparison, name.object, ContributionOf(kept->message, name.year));
}

Task<absl::Status> Projection::Grouped(const journal::v1::Event& event) {
  const std::string before = DetailOf(event, kGroupBeforeDetail);
  const std::string now = DetailOf(event, kGroupDetail);
  if (before == now) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(const ObjectName object, ObjectName::Parse(event.resource(), "resource"));
  if (!before.empty()) CO_RETURN_IF_ERROR(co_await objects_.Leave(before, object));
  if (!now.empty()) CO_RETURN_IF_ERROR(co_await objects_.Join(now, object));
  co_return absl::OkStatus();
}

}  // namespace jiebang::maturity
