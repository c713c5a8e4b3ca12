// That scores are exact in 63 bits: every case of tailoring is looked at when a model is loaded, so that no request can
// lead to one that does not fit.
#include <cstdint>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "services/maturity/domain/model_checks.h"
#include "services/maturity/domain/weights.h"

namespace jiebang::maturity {
namespace {

// 2^12 cases for each type take a moment; the model of GB/T 39116-2020 has 2^6.
constexpr std::size_t kMostOptional = 12;

// The common denominator of all scores of a model, as long as it is small enough that their sums fit too.
class CommonDenominator {
 public:
  bool fits() const { return fits_; }
  std::int64_t value() const { return value_; }

  void Include(std::int64_t denominator) {
    const __int128 common = static_cast<__int128>(value_) / std::gcd(value_, denominator) * denominator;
    constexpr std::int64_t kMost = std::int64_t{1} << 58;  // totals reach 5, and a threshold has thousandths
    fits_ = fits_ && common <= kMost;
    if (fits_) value_ = static_cast<std::int64_t>(common);
  }
  void MultiplyBy(std::int64_t factor) {
    const __int128 product = static_cast<__int128>(value_) * factor;
    constexpr std::int64_t kMost = std::int64_t{1} << 58;
    fits_ = fits_ && product <= kMost;
    if (fits_) value_ = static_cast<std::int64_t>(product);
  }

 private:
  std::int64_t value_ = 1;
  bool fits_ = true;
};

// The denominators of the weights at every level, when `counts` are in the scope.
void IncludeWeights(const MaturityModel& model, v1::ManufacturingType type, const std::vector<bool>& counts,
                    CommonDenominator& common) {
  const bool inherits = model.proto().empty_cell_rule() == v1::Model::EMPTY_CELL_RULE_INHERIT;
  std::vector<bool> present(counts.size(), false);
  for (int level = 1; level <= kLevels; ++level) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const bool has_items = counts[i] && !model.leaves()[i].ItemsAt(level).empty();
      present[i] = has_items || (inherits && present[i]);
    }
    for (const Fraction& weight : WeightsAmong(model, type, present)) common.Include(weight.denominator());
  }
}

bool Fits(const MaturityModel& model, v1::ManufacturingType type, const std::vector<bool>& counts) {
  CommonDenominator means;
  for (const Leaf& leaf : model.leaves()) {
    for (const auto& items : leaf.items) {
      if (!items.empty()) means.Include(10 * static_cast<std::int64_t>(items.size()));
    }
  }
  CommonDenominator all;
  IncludeWeights(model, type, counts, all);
  if (!means.fits() || !all.fits()) return false;
  // Each product of a weight and a mean divides by the product of both common denominators.
  all.MultiplyBy(means.value());
  return all.fits();
}

}  // namespace

std::vector<std::string> CheckDenominators(const MaturityModel& model) {
  for (const v1::ManufacturingType type : {v1::MANUFACTURING_TYPE_DISCRETE, v1::MANUFACTURING_TYPE_PROCESS}) {
    std::vector<std::size_t> optional;
    std::vector<bool> counts;
    for (const Leaf& leaf : model.leaves()) {
      if (leaf.IsIn(type) && !leaf.domain->mandatory()) optional.push_back(counts.size());
      counts.push_back(leaf.IsIn(type));
    }
    if (optional.size() > kMostOptional) {
      return {
          absl::StrCat(optional.size(), " subdomains can be tailored out; at most ", kMostOptional, " can be checked")};
    }
    for (std::size_t kept = 0; kept < (std::size_t{1} << optional.size()); ++kept) {
      for (std::size_t i = 0; i < optional.size(); ++i) counts[optional[i]] = ((kept >> i) & 1) != 0;
      if (!Fits(model, type, counts)) return {"its weights and counts of items give fractions that are too long"};
    }
  }
  return {};
}

}  // namespace jiebang::maturity
