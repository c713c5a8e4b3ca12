#include "services/maturity/handler/answering.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/handler/drafts.h"
#include "services/maturity/handler/imported_sheet.h"
#include "services/maturity/report/sheet_reader.h"

namespace jiebang::maturity {
namespace {

store::Event WasAnswered(const rpc::Call& call, const std::string& name, const std::string& subdomain) {
  return call.Happened("assessment.answered", name, {{"subdomain", subdomain}});
}

store::Event WasImported(const rpc::Call& call, const std::string& name, int answers) {
  return call.Happened("assessment.imported", name, {{"answers", absl::StrCat(answers)}});
}

}  // namespace

Task<absl::StatusOr<v1::SaveAnswersResponse>> Answering::Save(const rpc::Call& call,
                                                              const v1::SaveAnswersRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  CO_RETURN_IF_ERROR(co_await CheckAttachments(evidence_, request.answers(), ""));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await repository_.Get(name));
    CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(kept.assessment.model()));
    CO_ASSIGN_OR_RETURN(v1::Assessment draft, WithSection(model, std::move(kept.assessment), request.subdomain(),
                                                          request.etag(), request.answers(), ActOf(call)));
    v1::SaveAnswersResponse response;
    *response.mutable_section() = *FindSection(draft, request.subdomain());
    *response.mutable_result() = draft.result();
    const absl::Status saved =
        co_await repository_.Save(name, std::move(draft), kept.version,
                                  WasAnswered(call, name.ToString(), request.subdomain()), call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

Task<absl::Status> Answering::RefuseUnknownAttachments(ImportedSheet& sheet) const {
  for (int i = sheet.answers.size(); i-- > 0;) {
    Answers alone;
    *alone.Add() = sheet.answers[i];
    const int row = sheet.rows[sheet.row_of_answer[i]].row();
    const absl::Status status = co_await CheckAttachments(evidence_, alone, PathOfRow(row));
    if (status.ok()) continue;
    if (!absl::IsInvalidArgument(status)) co_return status;
    sheet.Refuse(i, status);
  }
  co_return absl::OkStatus();
}

Task<absl::StatusOr<v1::ImportAnswersResponse>> Answering::Import(const rpc::Call& call,
                                                                  const v1::ImportAnswersRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(const std::vector<SheetRow> rows, ReadAnswerSheet(request.sheet()));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await repository_.Get(name));
    CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(kept.assessment.model()));
    ImportedSheet sheet = ImportInto(kept.assessment, *model, rows);
    CO_RETURN_IF_ERROR(co_await RefuseUnknownAttachments(sheet));
    v1::Assessment change;
    *change.mutable_answers() = sheet.answers;
    google::protobuf::FieldMask mask;
    mask.add_paths("answers");
    CO_ASSIGN_OR_RETURN(v1::Assessment draft, Changed(model, std::move(kept.assessment), change, mask, ActOf(call)));
    v1::ImportAnswersResponse response;
    response.set_saved_count(sheet.answers.size());
    *response.mutable_result() = draft.result();
    for (v1::ImportedRow& row : sheet.rows) *response.add_rows() = std::move(row);
    const absl::Status saved =
        co_await repository_.Save(name, std::move(draft), kept.version,
                                  WasImported(call, name.ToString(), response.saved_count()), call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

void Answering::Register(rpc::ServiceMethods& methods) {
  methods.Add("SaveAnswers", this, &Answering::Save);
  methods.Add("ImportAnswers", this, &Answering::Import);
}

}  // namespace jiebang::maturity
