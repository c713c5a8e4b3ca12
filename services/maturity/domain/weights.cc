#include "services/maturity/domain/weights.h"

#include <map>

namespace jiebang::maturity {
namespace {

std::vector<Fraction> AcrossModel(const MaturityModel& model, v1::ManufacturingType type,
                                  const std::vector<bool>& counts) {
  const std::vector<Leaf>& leaves = model.leaves();
  std::vector<std::int64_t> products(leaves.size());  // in millionths
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!counts[i]) continue;
    products[i] = std::int64_t{1} * WeightFor(leaves[i].element->weights(), type) *
                  WeightFor(leaves[i].domain->weights(), type) * WeightFor(leaves[i].subdomain->weights(), type);
    sum += products[i];
  }
  std::vector<Fraction> weights(leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (counts[i]) weights[i] = Fraction(products[i], sum);
  }
  return weights;
}

std::vector<Fraction> WithinLayer(const MaturityModel& model, v1::ManufacturingType type,
                                  const std::vector<bool>& counts) {
  const std::vector<Leaf>& leaves = model.leaves();
  std::map<const v1::Domain*, int> sum_in_domain;
  std::map<const v1::Element*, int> sum_in_element;
  int sum = 0;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!counts[i]) continue;
    const Leaf& leaf = leaves[i];
    const bool is_first_of_domain = !sum_in_domain.contains(leaf.domain);
    const bool is_first_of_element = !sum_in_element.contains(leaf.element);
    sum_in_domain[leaf.domain] += WeightFor(leaf.subdomain->weights(), type);
    if (is_first_of_domain) sum_in_element[leaf.element] += WeightFor(leaf.domain->weights(), type);
    if (is_first_of_element) sum += WeightFor(leaf.element->weights(), type);
  }

  std::vector<Fraction> weights(leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!counts[i]) continue;
    const Leaf& leaf = leaves[i];
    weights[i] = Fraction(WeightFor(leaf.element->weights(), type), sum) *
                 Fraction(WeightFor(leaf.domain->weights(), type), sum_in_element[leaf.element]) *
                 Fraction(WeightFor(leaf.subdomain->weights(), type), sum_in_domain[leaf.domain]);
  }
  return weights;
}

}  // namespace

std::vector<Fraction> WeightsAmong(const MaturityModel& model, v1::ManufacturingType type,
                                   const std::vector<bool>& counts) {
  return model.proto().tailoring_rule() == v1::Model::TAILORING_RULE_ACROSS_MODEL ? AcrossModel(model, type, counts)
                                                                                  : WithinLayer(model, type, counts);
}

}  // namespace jiebang::maturity
