#include "services/maturity/domain/peers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/clock/timestamp.h"
#include "common/programme/calendar.h"
#include "services/maturity/domain/decimal.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {
namespace {

constexpr std::string_view kSubdomainPrefix = "subdomain/";
constexpr std::int64_t kFewestOfTheBest = 5;

bool Belongs(const v1::PeerGroup& whole, const v1::PeerGroup& group) {
  return whole.year() == group.year() &&
         (group.industry_division().empty() || group.industry_division() == whole.industry_division()) &&
         (group.province_code().empty() || group.province_code() == whole.province_code()) &&
         (group.size() == v1::ENTERPRISE_SIZE_UNSPECIFIED || group.size() == whole.size());
}

using Metrics = std::set<std::string>;

// Of these the mean is told and nothing else; bins of twenty of them would make a cell ten times as large.
bool IsOfSubdomain(std::string_view metric) { return metric.starts_with(kSubdomainPrefix); }

// Two lists in step: a cell of hundreds of bins is read with every question, and a map would take ten times as long.
void CountBin(std::int32_t bin, int sign, v1::Tally& tally) {
  auto& bins = *tally.mutable_bins();
  auto& counts = *tally.mutable_bin_counts();
  const auto at = static_cast<int>(std::lower_bound(bins.begin(), bins.end(), bin) - bins.begin());
  if (at == bins.size() || bins[at] != bin) {
    bins.Add(bin);
    counts.Add(0);
    std::rotate(bins.begin() + at, bins.end() - 1, bins.end());
    std::rotate(counts.begin() + at, counts.end() - 1, counts.end());
  }
  counts[at] += sign;
  if (counts[at] != 0) return;
  bins.erase(bins.begin() + at);
  counts.erase(counts.begin() + at);
}

// Adds (sign 1) or takes away (sign -1) what belongs to the group: of each metric one enterprise and its numbers.
void Count(const v1::PeerGroup& group, const Contributions& contributions, int sign, v1::PeerCell& cell) {
  bool any = false;
  Metrics metrics;
  for (const auto& [object, contribution] : contributions) {
    if (!Belongs(contribution.group(), group)) continue;
    any = true;
    for (const auto& [metric, number] : contribution.ten_thousandths()) {
      v1::Tally& tally = (*cell.mutable_tallies())[metric];
      if (metrics.insert(metric).second) tally.set_enterprise_count(tally.enterprise_count() + sign);
      tally.set_count(tally.count() + sign);
      tally.set_sum_of_ten_thousandths(tally.sum_of_ten_thousandths() + sign * number);
      if (!IsOfSubdomain(metric)) CountBin(BinOf(number, BinningOf(metric)), sign, tally);
      if (tally.count() == 0) cell.mutable_tallies()->erase(metric);
    }
  }
  if (any) cell.set_enterprise_count(cell.enterprise_count() + sign);
}

struct SortedBin {
  std::int32_t bin = 0;
  std::int64_t count = 0;
};

std::vector<SortedBin> BinsOf(const v1::Tally& tally) {
  std::vector<SortedBin> bins;
  for (int i = 0; i < tally.bins_size(); ++i) bins.push_back({.bin = tally.bins(i), .count = tally.bin_counts(i)});
  return bins;
}

// What a chart shows: totals in tenths, so that an answer has some fifty bins however many there are.
void AddBins(const std::vector<SortedBin>& bins, Binning binning, v1::Distribution& distribution) {
  constexpr std::int64_t kTenth = kTenThousand / 10;
  std::optional<std::int64_t> last_from;
  for (const SortedBin& bin : bins) {
    BinRange range = RangeOf(bin.bin, binning);
    if (binning == Binning::kHundredths) {
      range.from = range.from / kTenth * kTenth;
      range.to = range.from + kTenth;
    }
    if (last_from != range.from) {
      v1::Bin& proto = *distribution.add_bins();
      proto.set_from(DecimalOf(range.from));
      proto.set_to(DecimalOf(range.to));
      last_from = range.from;
    }
    v1::Bin& proto = *distribution.mutable_bins(distribution.bins_size() - 1);
    proto.set_count(proto.count() + bin.count);
  }
}

// Rounded half away from zero to four places.
std::string Quotient(std::int64_t sum_of_ten_thousandths, std::int64_t count) {
  const __int128 doubled = static_cast<__int128>(sum_of_ten_thousandths) * 2;
  const auto rounded = static_cast<std::int64_t>((doubled + (doubled < 0 ? -count : count)) / (2 * count));
  return FourPlaces(rounded);
}

// The lower end of the bin that holds the number at `permille` of the way up: the smallest that so many do not exceed.
std::string Percentile(const std::vector<SortedBin>& bins, std::int64_t all, int permille, Binning binning) {
  const std::int64_t rank = std::max<std::int64_t>(1, (all * permille + 999) / 1000);
  std::int64_t below = 0;
  for (const SortedBin& bin : bins) {
    below += bin.count;
    if (below >= rank) return DecimalOf(RangeOf(bin.bin, binning).from);
  }
  return "";
}

std::string BestInClass(std::vector<SortedBin> bins, std::int64_t all, Binning binning, bool higher_is_better) {
  if (higher_is_better) std::reverse(bins.begin(), bins.end());
  const std::int64_t wanted = std::max(kFewestOfTheBest, (all + 9) / 10);
  std::int64_t taken = 0;
  std::int64_t sum = 0;
  for (const SortedBin& bin : bins) {
    const std::int64_t count = std::min(bin.count, wanted - taken);
    sum += count * RangeOf(bin.bin, binning).from;
    taken += count;
    if (taken == wanted) break;
  }
  return Quotient(sum, taken);
}

int BetterThanPermille(const std::vector<SortedBin>& bins, std::int64_t all, std::int32_t own, bool higher_is_better) {
  std::int64_t halves = 0;
  for (const SortedBin& bin : bins) {
    const bool is_worse = higher_is_better ? bin.bin < own : bin.bin > own;
    halves += bin.bin == own ? bin.count : is_worse ? 2 * bin.count : 0;
  }
  return static_cast<int>(halves * 1000 / (2 * all));
}

}  // namespace

std::string SubdomainMetric(const std::string& subdomain) { return std::string(kSubdomainPrefix) + subdomain; }

Binning BinningOf(std::string_view metric) {
  if (metric == kTotalMetric) return Binning::kHundredths;
  return metric == kLevelMetric ? Binning::kWhole : Binning::kTwoDigits;
}

v1::PeerGroup GroupOf(const v1::AssessmentObject& object, int year) {
  v1::PeerGroup group;
  group.set_industry_division(object.industry_code().substr(0, 2));
  group.set_province_code(absl::StrCat(object.region_code().substr(0, 2), "0000"));
  group.set_size(object.size());
  group.set_year(year);
  return group;
}

v1::PeerContribution ContributionOf(const v1::Assessment& submitted, const std::vector<v1::SubdomainReach>& reaches) {
  const absl::Time time = FromTimestamp(submitted.submit_time());
  const auto year = static_cast<int>(absl::ToCivilYear(time, programme::Shanghai()).year());
  v1::PeerContribution contribution;
  *contribution.mutable_group() = GroupOf(submitted.object_at_submission(), year);
  contribution.set_time_micros(absl::ToUnixMicros(time));
  auto& numbers = *contribution.mutable_ten_thousandths();
  numbers[std::string(kTotalMetric)] = TenThousandthsOf(FromProto(submitted.result().total()));
  numbers[std::string(kLevelMetric)] = submitted.result().level() * kTenThousand;
  for (const v1::SubdomainReach& reach : reaches) {
    numbers[SubdomainMetric(reach.subdomain())] = TenThousandthsOf(FromProto(reach.reach()));
  }
  return contribution;
}

v1::PeerContribution ContributionOf(const v1::KpiReport& report, int year) {
  v1::PeerContribution contribution;
  *contribution.mutable_group() = GroupOf(report.object_at_saving(), year);
  contribution.set_time_micros(absl::ToUnixMicros(FromTimestamp(report.update_time())));
  for (const v1::KpiValue& value : report.values()) {
    if (const auto figure = TenThousandthsOf(value.value())) {
      (*contribution.mutable_ten_thousandths())[value.indicator()] = *figure;
    }
  }
  return contribution;
}

v1::PeerGroup Narrowed(const v1::PeerGroup& group, absl::Span<const v1::PeerDimension> dimensions) {
  const auto keeps = [&](v1::PeerDimension dimension) {
    return std::find(dimensions.begin(), dimensions.end(), dimension) != dimensions.end();
  };
  v1::PeerGroup narrowed = group;
  if (!keeps(v1::PEER_DIMENSION_INDUSTRY)) narrowed.clear_industry_division();
  if (!keeps(v1::PEER_DIMENSION_PROVINCE)) narrowed.clear_province_code();
  if (!keeps(v1::PEER_DIMENSION_SIZE)) narrowed.clear_size();
  return narrowed;
}

std::vector<v1::PeerGroup> GroupsAround(const v1::PeerGroup& group) {
  std::vector<v1::PeerGroup> groups;
  for (int kept = 0; kept < 8; ++kept) {
    std::vector<v1::PeerDimension> dimensions;
    for (int i = 0; i < 3; ++i) {
      if (((kept >> i) & 1) != 0) dimensions.push_back(static_cast<v1::PeerDimension>(v1::PEER_DIMENSION_INDUSTRY + i));
    }
    groups.push_back(Narrowed(group, dimensions));
  }
  return groups;
}

void Replace(const v1::PeerGroup& group, const Contributions& before, const Contributions& now, v1::PeerCell& cell) {
  // First in, then out, so that a metric that stays is never erased between.
  Count(group, now, 1, cell);
  Count(group, before, -1, cell);
}

std::optional<v1::PeerCell> Others(const v1::PeerGroup& group, const v1::PeerCell& cell, const Contributions& own) {
  v1::PeerCell others = cell;
  Replace(group, own, {}, others);
  if (others.enterprise_count() < kFewestOthers) return std::nullopt;
  Metrics too_few;
  for (const auto& [metric, tally] : others.tallies()) {
    if (tally.enterprise_count() < kFewestOthers) too_few.insert(metric);
  }
  for (const std::string& metric : too_few) others.mutable_tallies()->erase(metric);
  return others;
}

v1::Distribution DistributionOf(const v1::Tally& others, Binning binning, std::optional<std::int64_t> own,
                                bool higher_is_better) {
  const std::vector<SortedBin> bins = BinsOf(others);
  v1::Distribution distribution;
  distribution.set_count(others.count());
  distribution.set_better_than_permille(-1);
  if (own) distribution.set_own(DecimalOf(*own));
  if (others.count() == 0) return distribution;
  distribution.set_mean(MeanOf(others));
  for (const int permille : {100, 250, 500, 750, 900}) {
    distribution.add_percentiles(Percentile(bins, others.count(), permille, binning));
  }
  distribution.set_best_in_class(BestInClass(bins, others.count(), binning, higher_is_better));
  if (own) {
    distribution.set_better_than_permille(
        BetterThanPermille(bins, others.count(), BinOf(*own, binning), higher_is_better));
  }
  AddBins(bins, binning, distribution);
  return distribution;
}

std::string MeanOf(const v1::Tally& tally) {
  return tally.count() == 0 ? "" : Quotient(tally.sum_of_ten_thousandths(), tally.count());
}

}  // namespace jiebang::maturity
