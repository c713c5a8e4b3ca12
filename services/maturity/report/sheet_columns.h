// The columns of the answer sheet: what they are called when it is written, and which names are known when it is read.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_SHEET_COLUMNS_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_SHEET_COLUMNS_H_

#include <array>
#include <optional>
#include <string_view>

namespace jiebang::maturity {

enum class SheetColumn {
  kItem,
  kSubdomain,
  kLevel,
  kRequirement,
  kDegree,
  kNote,
  kEvidenceTitle,
  kEvidenceLink,
  kEvidenceDegree,
};

struct ColumnName {
  SheetColumn column;
  const char* zh;
  const char* en;
  const char* header;  // both
};

// In the order in which they are written.
inline constexpr std::array<ColumnName, 9> kSheetColumns = {{
    {SheetColumn::kItem, "条目", "item", "条目 item"},
    {SheetColumn::kSubdomain, "子域", "subdomain", "子域 subdomain"},
    {SheetColumn::kLevel, "级别", "level", "级别 level"},
    {SheetColumn::kRequirement, "要求", "requirement", "要求 requirement"},
    {SheetColumn::kDegree, "满足程度", "degree", "满足程度 degree"},
    {SheetColumn::kNote, "说明", "note", "说明 note"},
    {SheetColumn::kEvidenceTitle, "证据标题", "evidence title", "证据标题 evidence title"},
    {SheetColumn::kEvidenceLink, "证据链接", "evidence link", "证据链接 evidence link"},
    {SheetColumn::kEvidenceDegree, "证据程度", "evidence degree", "证据程度 evidence degree"},
}};

constexpr const char* HeaderOf(SheetColumn column) { return kSheetColumns[static_cast<std::size_t>(column)].header; }

// The column that a header cell names in Chinese, English or both, in any case and however spaced; nullopt: one that
// people added.
std::optional<SheetColumn> ColumnNamed(std::string_view header);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_SHEET_COLUMNS_H_
