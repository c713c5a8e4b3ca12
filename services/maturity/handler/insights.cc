#include "services/maturity/handler/insights.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/domain/conditions.h"
#include "services/maturity/domain/diagnosis.h"
#include "services/maturity/domain/explanation.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/trend.h"
#include "services/maturity/handler/drafts.h"

namespace jiebang::maturity {
namespace {

// A kind of file that a report can be had as.
struct FileKind {
  absl::StatusOr<std::string> (*render)(const Report& report);
  const char* media_type;
  const char* ending;
};

absl::StatusOr<std::string> RenderSheet(const Report& report) { return RenderAnswerSheet(report); }

const FileKind* KindOf(v1::ExportAssessmentRequest::Format format) {
  static constexpr FileKind kPdf{RenderPdf, "application/pdf", ".pdf"};
  static constexpr FileKind kXlsx{RenderSpreadsheet,
                                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"};
  static constexpr FileKind kCsv{RenderSheet, "text/csv; charset=utf-8", ".csv"};
  switch (format) {
    case v1::ExportAssessmentRequest::FORMAT_PDF:
      return &kPdf;
    case v1::ExportAssessmentRequest::FORMAT_XLSX:
      return &kXlsx;
    case v1::ExportAssessmentRequest::FORMAT_CSV:
      return &kCsv;
    default:
      return nullptr;
  }
}

// To be awaited: the file, drawn on the printer's thread, because it takes longer than calls may be kept waiting. Apart
// from the coroutine that awaits it: g++ 12 destroys a lambda that owns something twice when it stands within co_await.
auto Printed(Executor& printer, const FileKind& kind, Report report) {
  const auto shared = std::make_shared<const Report>(std::move(report));
  return Suspend<absl::StatusOr<std::string>>([&printer, &kind, shared](Resume<absl::StatusOr<std::string>> resume) {
    printer.Post([&kind, shared, resume = std::move(resume)]() mutable { resume(kind.render(*shared)); });
  });
}

// Reports that wait for the printer, each with a whole assessment in memory.
constexpr int kMostWaiting = 16;

void AddConditions(const programme::Programmes& programmes, const std::string& model, v1::Diagnosis& diagnosis) {
  const int next = diagnosis.next_level();
  if (next == 0) return;
  for (v1::OpenedCondition& condition : ConditionsOpened(programmes, model, diagnosis.level(), next)) {
    *diagnosis.add_opens() = std::move(condition);
  }
}

}  // namespace

Task<absl::StatusOr<v1::ExplainAssessmentResponse>> Insights::Explain(const rpc::Call& call,
                                                                      const v1::ExplainAssessmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(const KeptAssessment kept, co_await Visible(assessments_, call, name));
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(kept.assessment.model()));
  CO_ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, kept.assessment));
  v1::ExplainAssessmentResponse response;
  *response.mutable_explanation() = maturity::Explain(scope, SheetOf(*model, kept.assessment));
  co_return response;
}

Task<absl::StatusOr<v1::DiagnoseAssessmentResponse>> Insights::Diagnose(const rpc::Call& call,
                                                                        const v1::DiagnoseAssessmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(const KeptAssessment kept, co_await Visible(assessments_, call, name));
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(kept.assessment.model()));
  CO_ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, kept.assessment));
  CO_RETURN_IF_ERROR(AnswerSheet::Of(*model, scope.type(), request.planned_answers(), "planned_answers").status());
  const Answers answers = Merged(kept.assessment.answers(), request.planned_answers());
  CO_ASSIGN_OR_RETURN(const Efforts efforts, Efforts::Of(*model, request.efforts(), request.default_effort()));
  v1::DiagnoseAssessmentResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_diagnosis(),
                      maturity::Diagnose(scope, AnswerSheet::OfKept(*model, answers), efforts));
  AddConditions(catalogue_.programmes, model->name(), *response.mutable_diagnosis());
  co_return response;
}

Task<absl::StatusOr<Report>> Insights::ReportOf(const rpc::Call& call, AssessmentName name) const {
  CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await Visible(assessments_, call, name));
  const v1::Assessment& assessment = kept.assessment;
  Report report;
  report.generated = call.now();
  CO_ASSIGN_OR_RETURN(report.model, catalogue_.Model(assessment.model()));
  CO_ASSIGN_OR_RETURN(const Scope scope, ScopeOf(report.model, assessment));
  CO_ASSIGN_OR_RETURN(const ObjectName object_name, ObjectName::Parse(assessment.object(), "assessment.object"));
  CO_ASSIGN_OR_RETURN(const KeptObject object, co_await objects_.Get(object_name));
  report.object = assessment.has_object_at_submission() ? assessment.object_at_submission() : object.message;
  CO_ASSIGN_OR_RETURN(report.reaches, ReachesOf(report.model, assessment));
  CO_ASSIGN_OR_RETURN(std::optional<v1::Assessment> before,
                      co_await assessments_.SubmittedBefore(object_name, assessment));
  if (before) {
    std::vector<Submission> submissions(1);
    submissions[0].assessment = *std::move(before);
    CO_ASSIGN_OR_RETURN(const v1::Trend trend, TrendOf(report.model, submissions));
    report.previous = trend.points(0);
  }
  CO_ASSIGN_OR_RETURN(std::optional<KeptVerification> verification, co_await evidence_.Verification(name));
  if (verification) report.verification = std::move(verification->message);
  // Under a model without next levels the report says nothing of next steps.
  absl::StatusOr<v1::Diagnosis> diagnosis =
      maturity::Diagnose(scope, SheetOf(*report.model, assessment), Efforts(*report.model));
  if (diagnosis.ok()) {
    report.diagnosis = *std::move(diagnosis);
    AddConditions(catalogue_.programmes, report.model->name(), report.diagnosis);
  }
  report.assessment = std::move(kept.assessment);
  co_return report;
}

Task<absl::StatusOr<v1::ExportAssessmentResponse>> Insights::Export(const rpc::Call& call,
                                                                    const v1::ExportAssessmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  const FileKind* const kind = KindOf(request.format());
  if (kind == nullptr) co_return errors::FormatMissing();
  CO_ASSIGN_OR_RETURN(Report report, co_await ReportOf(call, name));
  v1::ExportAssessmentResponse response;
  if (waiting_ >= kMostWaiting) co_return errors::PrinterBusy();
  ++waiting_;
  auto printed = Printed(printer_, *kind, std::move(report));
  absl::StatusOr<std::string> content = co_await printed;
  --waiting_;
  if (!content.ok()) co_return content.status();
  response.set_content(*std::move(content));
  response.set_media_type(kind->media_type);
  response.set_file_name(absl::StrCat("maturity-", name.applicant.uscc, "-", name.id, kind->ending));
  co_return response;
}

void Insights::Register(rpc::ServiceMethods& methods) {
  methods.Add("ExplainAssessment", this, &Insights::Explain);
  methods.Add("DiagnoseAssessment", this, &Insights::Diagnose);
  methods.Add("ExportAssessment", this, &Insights::Export);
}

}  // namespace jiebang::maturity
