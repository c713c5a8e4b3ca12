#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/pdf_sections.h"
#include "services/maturity/report/pdf_table.h"

namespace jiebang::maturity::pdf {
namespace {

// Green from the threshold on, exactly.
const Colour& TintOf(const Contents& contents, const v1::Fraction& score) {
  const bool reached = static_cast<__int128>(score.numerator()) * 1000 >=
                       static_cast<__int128>(score.denominator()) * contents.model().satisfied_permille();
  return reached ? kGoodTint : kShortTint;
}

Cell ScoreCell(const Contents& contents, const v1::SubdomainScore* score) {
  if (score == nullptr) return {.text = "–", .style = {.size = 8, .colour = kMuted}};
  std::string text = Rounded(score->score(), 2);
  if (score->inherited_from_level() > 0) absl::StrAppend(&text, "←", score->inherited_from_level());
  return {.text = text, .style = {.size = 8}, .fill = TintOf(contents, score->score())};
}

// The highest level at which it counts: with inheritance the weight is the same at all of them.
std::string WeightOf(const Contents& contents, const Leaf& leaf) {
  for (int level = kLevels; level >= 1; --level) {
    if (const v1::SubdomainScore* score = contents.ScoreOf(leaf, level)) return Percent(score->weight());
  }
  return "–";
}

std::vector<Cell> LevelRow(const Contents& contents) {
  const TextStyle bold{.size = 8, .bold = true};
  std::vector<Cell> row = {{"", bold}, {"级别得分 Level", bold}, {"", bold}};
  for (int level = 1; level <= kLevels; ++level) row.push_back({.text = "–", .style = bold});
  for (const v1::LevelScore& level : contents.result().levels()) {
    if (level.level() < 1 || level.level() > kLevels) continue;
    row[2 + static_cast<std::size_t>(level.level())] = {
        .text = Rounded(level.score(), 4), .style = bold, .fill = TintOf(contents, level.score())};
  }
  row.push_back({Rounded(contents.result().total(), 4), bold});
  return row;
}

}  // namespace

void DrawScores(Pages& pages, const Contents& contents) {
  pages.Heading({"子域得分", "Scores of the subdomains"}, 120);
  std::vector<Column> columns = {{{"能力要素 · 能力域", "Element · domain"}, 108},
                                 {{"能力子域", "Subdomain"}, 92},
                                 {{"权重", "Weight"}, 46, Align::kRight}};
  for (int level = 1; level <= kLevels; ++level) {
    columns.push_back({{LevelNumber(level).zh, LevelNumber(level).en}, 44, Align::kCentre});
  }
  columns.push_back({{"水平", "Reach"}, 49, Align::kRight});
  Table table(pages, std::move(columns));
  for (const Reach& reach : contents.reaches()) {
    const Leaf& leaf = *reach.leaf;
    const TextStyle plain{.size = 8};
    std::vector<Cell> row = {
        {absl::StrCat(leaf.element->title_zh(), " · ", leaf.domain->title_zh()), {.size = 8, .colour = kMuted}},
        {leaf.subdomain->title_zh(), plain},
        {WeightOf(contents, leaf), plain}};
    for (int level = 1; level <= kLevels; ++level) {
      row.push_back(ScoreCell(contents, contents.ScoreOf(leaf, level)));
    }
    row.push_back({absl::StrFormat("%.2f", reach.reach), {.size = 8, .bold = true}});
    table.Row(row);
  }
  table.Row(LevelRow(contents));
  pages.Skip(5);
  pages.Text(
      "绿色：达到满足线；橙色：未达到。“0."
      "80←1”表示该级无条目，得分取自一级。权重为裁剪后在级别中的占比。右下角为总分。\n"
      "Green: at or above the threshold; orange: below it. \"0.80←1\": no items at this level, the score is level 1's. "
      "Weights are those after tailoring. Lower right: the total.",
      {.size = 7.5, .colour = kMuted});
}

}  // namespace jiebang::maturity::pdf
