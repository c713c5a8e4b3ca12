// The answer sheet (report.h).
#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/formula_guard/formula_guard.h"
#include "services/maturity/report/contents.h"
#include "services/maturity/report/report.h"
#include "services/maturity/report/sheet_columns.h"
#include "services/maturity/report/wording.h"

namespace jiebang::maturity {
namespace {

std::string Quoted(const std::string& text) {
  const std::string guarded = Guarded(text);
  // Spaces at the ends, which programs strip from cells without quotation marks, and the two other delimiters, which a
  // reader may have to choose from.
  const bool plain = guarded.find_first_of("\",;\t\r\n ") == std::string::npos;
  return plain ? guarded : absl::StrCat("\"", absl::StrReplaceAll(guarded, {{"\"", "\"\""}}), "\"");
}

void AppendRow(std::string& sheet, std::initializer_list<std::string> cells) {
  absl::StrAppend(
      &sheet, absl::StrJoin(cells, ",", [](std::string* out, const std::string& cell) { out->append(Quoted(cell)); }),
      "\r\n");
}

// The evidence's titles and where it is, a line each. A line end in a title would move the others to the wrong place.
std::string Titles(const v1::Answer& answer) {
  return absl::StrJoin(answer.evidence(), "\n", [](std::string* out, const v1::Evidence& evidence) {
    out->append(absl::StrReplaceAll(evidence.title(), {{"\r\n", " "}, {"\n", " "}, {"\r", " "}}));
  });
}

std::string Links(const v1::Answer& answer) {
  return absl::StrJoin(answer.evidence(), "\n", [](std::string* out, const v1::Evidence& evidence) {
    out->append(evidence.has_attachment() ? evidence.attachment() : evidence.link());
  });
}

// The scale's own words and not the model's: they are what AnswerOf (row_answer.h) knows.
std::string DegreeWord(v1::Degree degree) {
  return degree == v1::DEGREE_UNSPECIFIED ? "" : DegreeName(v1::Model(), degree).zh;
}

}  // namespace

std::string RenderAnswerSheet(const Report& report) {
  const Contents contents(report);
  std::string sheet = "\xEF\xBB\xBF";
  absl::StrAppend(
      &sheet,
      absl::StrJoin(kSheetColumns, ",", [](std::string* out, const ColumnName& column) { out->append(column.header); }),
      "\r\n");
  for (const Entry& entry : contents.entries()) {
    const v1::Answer& answer = entry.answer == nullptr ? v1::Answer::default_instance() : *entry.answer;
    AppendRow(sheet, {entry.item->id(), entry.leaf->subdomain->title_zh(), absl::StrCat(entry.item->level()),
                      entry.item->text_zh(), DegreeWord(answer.degree()), answer.note(), Titles(answer), Links(answer),
                      EvidenceDegreeName(answer.evidence_degree()).zh});
  }
  return sheet;
}

}  // namespace jiebang::maturity
