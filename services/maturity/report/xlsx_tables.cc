#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/wording.h"
#include "services/maturity/report/xlsx_sheets.h"

namespace jiebang::maturity::xlsx {
namespace {

// What a degree is worth; an item without an answer counts as not satisfied.
double WorthOf(const v1::Model& model, v1::Degree degree) {
  for (const v1::ScaleStep& step : model.scale()) {
    if (step.degree() == degree) return step.tenths() / 10.0;
  }
  switch (degree) {
    case v1::DEGREE_FULLY:
      return 1;
    case v1::DEGREE_MOSTLY:
      return 0.8;
    case v1::DEGREE_PARTLY:
      return 0.5;
    default:
      return 0;
  }
}

// Titles and where each is, a line for each piece. As text: a link would be followed by whoever clicks on it.
std::string EvidenceText(const v1::Answer& answer) {
  return absl::StrJoin(answer.evidence(), "\n", [](std::string* out, const v1::Evidence& evidence) {
    absl::StrAppend(out, evidence.title(), " ", evidence.has_attachment() ? evidence.attachment() : evidence.link());
  });
}

void WriteAnswer(Sheet& sheet, int row, const Contents& contents, const Entry& entry) {
  const v1::Model& model = contents.model();
  sheet.Text(row, 0, entry.leaf->element->title_zh());
  sheet.Text(row, 1, entry.leaf->domain->title_zh());
  sheet.Text(row, 2, entry.leaf->subdomain->title_zh());
  sheet.Number(row, 3, entry.item->level(), Look::kCentred);
  sheet.Text(row, 4, entry.item->id());
  sheet.Text(row, 5, entry.item->text_zh(), Look::kWrapped);
  sheet.Text(row, 6, DegreeName(model, entry.degree()).zh);
  sheet.Number(row, 7, WorthOf(model, entry.degree()), Look::kCentred);
  if (entry.answer != nullptr) {
    sheet.Text(row, 8, entry.answer->note(), Look::kWrapped);
    sheet.Text(row, 9, EvidenceText(*entry.answer), Look::kWrapped);
    sheet.Text(row, 10, EvidenceDegreeName(entry.answer->evidence_degree()).zh);
  }
  if (entry.finding != nullptr) {
    sheet.Text(row, 11, DegreeName(model, entry.finding->verified()).zh);
    sheet.Text(row, 12, entry.finding->note(), Look::kWrapped);
  }
}

}  // namespace

void WriteAnswers(Workbook& workbook, const Contents& contents) {
  std::vector<Sheet::Column> columns = {
      {"能力要素\nElement", 9}, {"能力域\nDomain", 10},    {"能力子域\nSubdomain", 11},      {"级别\nLevel", 7},
      {"条目\nItem", 25},       {"要求\nRequirement", 46}, {"满足程度\nDegree", 11},         {"得分\nScore", 7},
      {"说明\nNote", 46},       {"证据\nEvidence", 36},    {"证据程度\nEvidence degree", 16}};
  if (contents.report().verification) {
    columns.push_back({"核验\nVerified degree", 16});
    columns.push_back({"核验说明\nAssessor's note", 36});
  }
  Sheet sheet = workbook.AddSheet("作答 Answers");
  sheet.Header(columns, static_cast<int>(contents.entries().size()));
  sheet.PrintOnePageWide();
  int row = 0;
  for (const Entry& entry : contents.entries()) WriteAnswer(sheet, ++row, contents, entry);
}

void WriteScores(Workbook& workbook, const Contents& contents) {
  int rows = 0;
  for (const v1::LevelScore& level : contents.result().levels()) rows += level.subdomains_size();
  Sheet sheet = workbook.AddSheet("得分 Scores");
  sheet.Header({{"级别\nLevel", 8},
                {"能力要素\nElement", 10},
                {"能力域\nDomain", 12},
                {"能力子域\nSubdomain", 13},
                {"权重\nWeight", 10},
                {"权重精确值\nExact weight", 16},
                {"得分\nScore", 10},
                {"得分精确值\nExact score", 16},
                {"取自级别\nInherited from", 15}},
               rows);
  sheet.PrintOnePageWide();
  int row = 0;
  for (const v1::LevelScore& level : contents.result().levels()) {
    for (const v1::SubdomainScore& score : level.subdomains()) {
      ++row;
      sheet.Number(row, 0, level.level(), Look::kCentred);
      if (const Leaf* leaf = contents.report().model->FindSubdomain(score.subdomain())) {
        sheet.Text(row, 1, leaf->element->title_zh());
        sheet.Text(row, 2, leaf->domain->title_zh());
        sheet.Text(row, 3, leaf->subdomain->title_zh());
      }
      sheet.Number(row, 4, ToDouble(score.weight()), Look::kFourPlaces);
      sheet.Text(row, 5, Exact(score.weight()), Look::kExact);
      sheet.Number(row, 6, ToDouble(score.score()), Look::kFourPlaces);
      sheet.Text(row, 7, Exact(score.score()), Look::kExact);
      if (score.inherited_from_level() > 0) sheet.Number(row, 8, score.inherited_from_level(), Look::kCentred);
    }
  }
}

void WriteSteps(Workbook& workbook, const Contents& contents) {
  const std::vector<Step> steps = contents.Steps();
  Sheet sheet = workbook.AddSheet("下一步 Next steps");
  sheet.Header({{"序\nNo.", 6},
                {"能力子域\nSubdomain", 13},
                {"级别\nLevel", 7},
                {"条目\nItem", 25},
                {"要求\nRequirement", 60},
                {"现状\nNow", 12},
                {"提升\nGain", 9},
                {"提升精确值\nExact gain", 14},
                {"投入\nEffort", 9},
                {"达标计划\nIn the plan", 11}},
               static_cast<int>(steps.size()));
  sheet.PrintOnePageWide();
  int row = 0;
  for (const Step& step : steps) {
    ++row;
    sheet.Number(row, 0, row, Look::kCentred);
    sheet.Text(row, 1, step.entry->leaf->subdomain->title_zh());
    sheet.Number(row, 2, step.entry->item->level(), Look::kCentred);
    sheet.Text(row, 3, step.entry->item->id());
    sheet.Text(row, 4, step.entry->item->text_zh(), Look::kWrapped);
    sheet.Text(row, 5, DegreeName(contents.model(), step.gain->degree()).zh);
    sheet.Number(row, 6, ToDouble(step.gain->gain()), Look::kFourPlaces);
    sheet.Text(row, 7, Exact(step.gain->gain()), Look::kExact);
    sheet.Number(row, 8, static_cast<double>(step.gain->effort()), Look::kCentred);
    sheet.Text(row, 9, step.in_plan ? "是 yes" : "");
  }
}

}  // namespace jiebang::maturity::xlsx
