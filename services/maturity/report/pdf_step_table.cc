#include "services/maturity/report/pdf_step_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/pdf_table.h"

namespace jiebang::maturity::pdf {
namespace {

constexpr double kRowHeight = 17;  // of one line

// Every item costs 1 when nobody said what it costs.
bool HasEfforts(const std::vector<Step>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.gain->effort() > 1; });
}

}  // namespace

void DrawSteps(Pages& pages, const Contents& contents, const std::vector<Step>& steps, std::size_t first,
               std::size_t count, bool on_one_page) {
  const bool efforts = HasEfforts(steps);
  std::vector<Column> columns = {
      {{"序", "No."}, 26, Align::kCentre},
      {{"子域", "Subdomain"}, 60},
      {{"要求", "Requirement"}, efforts ? 236.0 : 274.0},
      {{"现状", "Now"}, 58},
      {{"提升", "Gain"}, 46, Align::kRight},
      {{"达标计划", "In the plan"}, 51, Align::kCentre},
  };
  if (efforts) columns.push_back({{"投入", "Effort"}, 38, Align::kRight});
  Table table(pages, std::move(columns));
  const std::size_t end = std::min(steps.size(), first + count);
  for (std::size_t i = first; i < end; ++i) {
    const Step& step = steps[i];
    const double others = static_cast<double>(end - i - 1) * kRowHeight;
    const bool room_for_two = pages.room() - others > 2 * kRowHeight;
    const int most_lines = !on_one_page ? 0 : room_for_two ? 2 : 1;
    const TextStyle small{.size = 8};
    std::vector<Cell> row = {
        {absl::StrCat(i + 1), small},
        {step.entry->leaf->subdomain->title_zh(), small},
        {step.entry->item->text_zh(), {.size = 8, .most_lines = most_lines}},
        {DegreeName(contents.model(), step.gain->degree()).zh, small},
        {absl::StrCat("+", Rounded(step.gain->gain(), 4)), small},
        {step.in_plan ? "是 yes" : "–", {.size = 8, .colour = step.in_plan ? kGood : kMuted}},
    };
    if (efforts) row.push_back({absl::StrCat(step.gain->effort()), small});
    table.Row(row);
  }
}

}  // namespace jiebang::maturity::pdf
