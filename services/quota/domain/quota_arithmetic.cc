#include "services/quota/domain/quota_arithmetic.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/clause.h"
#include "services/quota/domain/errors.h"
#include "services/quota/domain/list_name.h"
#include "services/quota/domain/unit_name.h"

namespace jiebang::quota {
namespace {

programme::UnitFacts FactsOf(const v1::Unit& unit, std::string id) {
  programme::UnitFacts facts{.id = std::move(id), .category = unit.category()};
  for (const auto& [name, value] : unit.attributes()) facts.attributes[name] = value;
  return facts;
}

// What the rule says, with the unit's number where it decided: "… (cumulative_provincial_projects: 301 > 300)".
void Explain(const programme::v1::QuotaRule& rule, const programme::UnitFacts& facts, v1::Quota& quota) {
  quota.set_reason_zh(rule.text().zh());
  quota.set_reason_en(rule.text().en());
  if (!rule.has_when()) return;
  const std::string& attribute = rule.when().attribute();
  const std::string compared =
      absl::StrCat(attribute, ": ", facts.attributes.at(attribute), " > ", rule.when().more_than());
  absl::StrAppend(quota.mutable_reason_zh(), "（", compared, "）");
  absl::StrAppend(quota.mutable_reason_en(), " (", compared, ")");
}

}  // namespace

absl::StatusOr<v1::Quota> QuotaFor(const programme::Programme& programme, const v1::Unit& unit,
                                   const std::string& track) {
  if (!programme.TakesApplications(track)) return TrackNotFound(programme.id(), track);
  ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(unit.name()));
  const programme::UnitFacts facts = FactsOf(unit, name.id);
  const programme::v1::QuotaRule* rule = programme.QuotaFor(track, facts);
  if (rule == nullptr) return NoQuota(unit.display_name(), unit.category(), track);

  v1::Quota quota;
  quota.set_name(ListName{programme.id(), name.id, track}.QuotaName());
  quota.set_limit(rule->unlimited() ? std::numeric_limits<int32_t>::max() : rule->limit());
  quota.set_clause(ClauseText(rule->clause()));
  Explain(*rule, facts, quota);
  const programme::v1::Track& counted = *programme.FindListTrack(track);
  if (counted.id() != track) {
    absl::StrAppend(quota.mutable_reason_zh(), "；本类别占用“", counted.name().zh(), "”的名额");
    absl::StrAppend(quota.mutable_reason_en(), "; counts on the quota of ", counted.name().en());
  }
  return quota;
}

}  // namespace jiebang::quota
