#include "absl/strings/str_cat.h"
#include "services/maturity/report/pdf_sections.h"
#include "services/maturity/report/pdf_table.h"

namespace jiebang::maturity::pdf {
namespace {

const Colour& ColourOf(v1::Degree degree) {
  switch (degree) {
    case v1::DEGREE_FULLY:
    case v1::DEGREE_MOSTLY:
      return kGood;
    case v1::DEGREE_PARTLY:
    case v1::DEGREE_NOT:
      return kShort;
    default:
      return kMuted;
  }
}

std::string DegreeText(const Contents& contents, const Entry& entry) {
  std::string text = DegreeName(contents.model(), entry.degree()).zh;
  if (entry.finding != nullptr) {
    absl::StrAppend(&text, "\n核验：", DegreeName(contents.model(), entry.finding->verified()).zh);
  }
  return text;
}

std::string EvidenceText(const Entry& entry) {
  return entry.answer == nullptr ? "" : EvidenceDegreeName(entry.answer->evidence_degree()).zh;
}

// The note, what was given as evidence, and what the assessor noted.
std::string NoteText(const Entry& entry) {
  std::string text;
  const auto append = [&](const std::string& label, const std::string& words) {
    if (!words.empty()) absl::StrAppend(&text, text.empty() ? "" : "\n", label, words);
  };
  if (entry.answer != nullptr) {
    append("", entry.answer->note());
    for (const v1::Evidence& evidence : entry.answer->evidence()) append("证据：", evidence.title());
  }
  if (entry.finding != nullptr) append("核验：", entry.finding->note());
  return text;
}

}  // namespace

void DrawItems(Pages& pages, const Contents& contents) {
  pages.Heading({"条目与作答", "Items and answers"}, 100);
  Table table(pages, {
                         {{"级别", "Level"}, 30, Align::kCentre},
                         {{"要求", "Requirement"}, 175},
                         {{"满足程度", "Degree"}, 72},
                         {{"证据程度", "Evidence"}, 42},
                         {{"说明与证据", "Note and evidence"}, 196},
                     });
  const Leaf* leaf = nullptr;
  for (const Entry& entry : contents.entries()) {
    if (entry.leaf != leaf) {
      leaf = entry.leaf;
      table.Band(absl::StrCat(leaf->element->title_zh(), " · ", leaf->domain->title_zh(), " · ",
                              leaf->subdomain->title_zh(), "  ", leaf->subdomain->title_en()));
    }
    table.Row({
        {absl::StrCat(entry.item->level()), {.size = 8}},
        {entry.item->text_zh(), {.size = 8}},
        {DegreeText(contents, entry), {.size = 8, .colour = ColourOf(entry.degree())}},
        {EvidenceText(entry), {.size = 8}},
        {NoteText(entry), {.size = 8}},
    });
  }
}

}  // namespace jiebang::maturity::pdf
