#include "services/publiclist/domain/entries.h"

#include <algorithm>

#include "common/deterministic/deterministic.h"
#include "common/resource_name/resource_name.h"
#include "common/token/digest.h"

namespace jiebang::publiclist {
namespace {

std::string IndustryOf(const std::string& code, const programme::Programme& programme) {
  const programme::v1::SubSector* const sub_sector = programme.SubSectorOf(code);
  return sub_sector == nullptr ? code : sub_sector->name().zh();
}

}  // namespace

std::vector<v1::ListEntry> EntriesOf(const ListName& list, std::vector<review::v1::Candidate> selected,
                                     const UnitLabels& units, const programme::Programme& programme) {
  std::sort(selected.begin(), selected.end(), [](const auto& a, const auto& b) { return a.rank() < b.rank(); });
  std::vector<v1::ListEntry> entries;
  entries.reserve(selected.size());
  for (const review::v1::Candidate& candidate : selected) {
    v1::ListEntry& entry = entries.emplace_back();
    entry.set_number(static_cast<int>(entries.size()));
    entry.set_name(EntryName(list, entry.number()));
    entry.set_enterprise(candidate.applicant_display_name());
    entry.set_uscc(candidate.applicant_uscc());
    entry.set_project(candidate.title());
    if (const auto unit = IdIn(candidate.unit(), "units")) entry.set_unit(std::string(*unit));
    if (const auto label = units.find(candidate.unit()); label != units.end()) entry.set_unit_label(label->second);
    entry.set_industry(IndustryOf(candidate.industry_code(), programme));
  }
  return entries;
}

void EntriesDigest::Add(const v1::ListEntry& entry) {
  digests_ += token::Sha256(DeterministicBytes(entry));
  ++count_;
}

std::string EntriesDigest::Hex() const { return token::Sha256Hex(digests_); }

}  // namespace jiebang::publiclist
