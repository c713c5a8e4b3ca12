#include "services/maturity/handler/imported_sheet.h"

#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error_details.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/sheet_errors.h"
#include "services/maturity/report/row_answer.h"

namespace jiebang::maturity {
namespace {

constexpr char kItemColumn[] = "条目 item";

// nullopt: the row leaves its item as it is.
absl::StatusOr<std::optional<v1::Answer>> AnswerFor(const v1::Assessment& draft, const MaturityModel& model,
                                                    const SheetRow& row, std::set<std::string>& seen) {
  ASSIGN_OR_RETURN(std::optional<v1::Answer> answer, AnswerOf(row));
  if (!answer) return std::nullopt;
  const std::optional<int> place = model.PlaceOfItem(answer->item());
  if (!place || !model.LeafOfItem(*place).IsIn(draft.manufacturing_type())) {
    return errors::SheetRowInvalid(row.row, {errors::CellOfNoItem(kItemColumn, answer->item())});
  }
  if (!seen.insert(answer->item()).second) {
    return errors::SheetRowInvalid(row.row, {errors::CellRepeated(kItemColumn, answer->item())});
  }
  Answers alone;
  *alone.Add() = *answer;
  RETURN_IF_ERROR(CheckEvidence(draft.name(), alone, PathOfRow(row.row)));
  return answer;
}

}  // namespace

std::string PathOfRow(int row) { return absl::StrCat("sheet.rows[", row, "]"); }

void ImportedSheet::Refuse(int answer, const absl::Status& error) {
  *rows[row_of_answer[answer]].mutable_error() = ToItemError(error);
  answers.DeleteSubrange(answer, 1);
  row_of_answer.erase(row_of_answer.begin() + answer);
}

ImportedSheet ImportInto(const v1::Assessment& draft, const MaturityModel& model, const std::vector<SheetRow>& rows) {
  ImportedSheet sheet;
  std::set<std::string> seen;
  for (const SheetRow& row : rows) {
    v1::ImportedRow& outcome = sheet.rows.emplace_back();
    outcome.set_row(row.row);
    outcome.set_item(row.item);
    absl::StatusOr<std::optional<v1::Answer>> answer = AnswerFor(draft, model, row, seen);
    if (!answer.ok()) {
      *outcome.mutable_error() = ToItemError(answer.status());
    } else if (!answer->has_value()) {
      outcome.set_skipped(true);
    } else {
      *sheet.answers.Add() = **std::move(answer);
      sheet.row_of_answer.push_back(static_cast<int>(sheet.rows.size()) - 1);
    }
  }
  return sheet;
}

}  // namespace jiebang::maturity
