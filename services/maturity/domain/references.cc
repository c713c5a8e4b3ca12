#include "services/maturity/domain/references.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/text_proto.h"

namespace jiebang::maturity {
namespace {

std::vector<std::string> FaultsOf(const v1::ReferenceLine& line) {
  std::vector<std::string> faults;
  if (line.id().empty()) faults.emplace_back("has no id");
  if (line.title_zh().empty() || line.title_en().empty()) faults.emplace_back("has no title in Chinese or in English");
  if (line.date().empty() || line.source().empty()) faults.emplace_back("has no date or no source");
  for (const v1::LevelShare& share : line.shares()) {
    if (share.from_level() < 0 || share.to_level() > 5 || share.from_level() > share.to_level()) {
      faults.emplace_back("has a share of levels that are not 0 to 5");
    }
    if (share.permille() < 0 || share.permille() > 1000) faults.emplace_back("has a share that is not 0 to 1000");
  }
  return faults;
}

}  // namespace

absl::StatusOr<ReferenceLines> LoadReferences(const std::filesystem::path& directory) {
  ASSIGN_OR_RETURN(const std::vector<TextFile> files, ReadTextFiles(directory));
  return ParseReferences(files);
}

absl::StatusOr<ReferenceLines> LoadReferencesOf(const std::filesystem::path& models) {
  const std::filesystem::path directory = models / "references";
  std::error_code unreadable;
  if (!std::filesystem::is_directory(directory, unreadable)) return ReferenceLines();
  return LoadReferences(directory);
}

absl::StatusOr<ReferenceLines> ParseReferences(const std::vector<TextFile>& files) {
  ReferenceLines lines;
  std::set<std::string> ids;
  std::vector<std::string> reasons;
  for (const TextFile& file : files) {
    v1::References references;
    if (!ParseTextProto(file, references, reasons)) continue;
    for (const v1::ReferenceLine& line : references.lines()) {
      const std::string what = absl::StrCat(file.path.string(), ": line `", line.id(), "` ");
      for (const std::string& fault : FaultsOf(line)) reasons.push_back(absl::StrCat(what, fault));
      if (!ids.insert(line.id()).second) reasons.push_back(absl::StrCat(what, "is there twice"));
      lines.push_back(line);
    }
  }
  if (!reasons.empty()) return absl::InvalidArgumentError(absl::StrJoin(reasons, "\n"));
  return lines;
}

ReferenceLines ReferencesFor(const ReferenceLines& lines, const v1::PeerGroup& group) {
  ReferenceLines fitting;
  for (const v1::ReferenceLine& line : lines) {
    const bool fits_province = line.province_code().empty() || line.province_code() == group.province_code();
    const bool fits_industry =
        line.industry_division().empty() || line.industry_division() == group.industry_division();
    if (fits_province && fits_industry) fitting.push_back(line);
  }
  return fitting;
}

}  // namespace jiebang::maturity
