// Peer groups: what every enterprise adds to the groups that it belongs to, and what a group says to one of them.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_PEERS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_PEERS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "jiebang/maturity/v1/benchmark.pb.h"
#include "jiebang/maturity/v1/kpi.pb.h"
#include "jiebang/maturity/v1/peer_cell.pb.h"
#include "jiebang/maturity/v1/roll_up.pb.h"
#include "services/maturity/domain/bins.h"

namespace jiebang::maturity {

// No figure is made of fewer enterprises than this, the one that asks not counted.
inline constexpr std::int64_t kFewestOthers = 5;

inline constexpr std::string_view kTotalMetric = "total";
inline constexpr std::string_view kLevelMetric = "level";
std::string SubdomainMetric(const std::string& subdomain);

// Of the total, the level and indicators.
Binning BinningOf(std::string_view metric);

// The group of an object in a year with everything set.
v1::PeerGroup GroupOf(const v1::AssessmentObject& object, int year);

// What a submitted assessment, whose subdomains reach so far (trend.h), or a report adds. The year of an assessment is
// that of its submission in Shanghai.
v1::PeerContribution ContributionOf(const v1::Assessment& submitted, const std::vector<v1::SubdomainReach>& reaches);
v1::PeerContribution ContributionOf(const v1::KpiReport& report, int year);

// `group` with what `dimensions` do not name left open.
v1::PeerGroup Narrowed(const v1::PeerGroup& group, absl::Span<const v1::PeerDimension> dimensions);

// The 8 groups of a year that one with everything set belongs to.
std::vector<v1::PeerGroup> GroupsAround(const v1::PeerGroup& group);

// The contributions of one enterprise in a year, by object.
using Contributions = std::map<std::string, v1::PeerContribution>;

// Takes what the enterprise added before out of the group's cell and puts in what it adds now.
void Replace(const v1::PeerGroup& group, const Contributions& before, const Contributions& now, v1::PeerCell& cell);

// The group without the enterprise that asks; nullopt: fewer than kFewestOthers others, of which nothing is told.
std::optional<v1::PeerCell> Others(const v1::PeerGroup& group, const v1::PeerCell& cell, const Contributions& own);

// One metric of `others` beside the own number. `higher_is_better`: which way is better.
v1::Distribution DistributionOf(const v1::Tally& others, Binning binning, std::optional<std::int64_t> own,
                                bool higher_is_better = true);

// The mean of a tally, rounded half up to four places; "" when it is empty.
std::string MeanOf(const v1::Tally& tally);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_PEERS_H_
