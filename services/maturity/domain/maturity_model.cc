#include "services/maturity/domain/maturity_model.h"

#include <utility>

namespace jiebang::maturity {

int WeightFor(const v1::Weights& weights, v1::ManufacturingType type) {
  switch (type) {
    case v1::MANUFACTURING_TYPE_DISCRETE:
      return weights.discrete();
    case v1::MANUFACTURING_TYPE_PROCESS:
      return weights.process();
    default:
      return 0;
  }
}

int Leaf::FirstItemAt(int level) const {
  int place = first_item;
  for (int below = 1; below < level; ++below) place += static_cast<int>(ItemsAt(below).size());
  return place;
}

MaturityModel::MaturityModel(v1::Model proto) : proto_(std::move(proto)) {
  for (const v1::ScaleStep& step : proto_.scale()) {
    if (v1::Degree_IsValid(step.degree())) tenths_[step.degree()] = step.tenths();
  }
  for (const v1::Element& element : proto_.elements()) {
    for (const v1::Domain& domain : element.domains()) {
      for (const v1::Subdomain& subdomain : domain.subdomains()) {
        const int index = static_cast<int>(leaves_.size());
        Leaf leaf{.element = &element, .domain = &domain, .subdomain = &subdomain};
        leaf.first_item = static_cast<int>(items_.size());
        for (const v1::ManufacturingType type : {v1::MANUFACTURING_TYPE_DISCRETE, v1::MANUFACTURING_TYPE_PROCESS}) {
          leaf.is_in_type[type] = WeightFor(element.weights(), type) > 0 && WeightFor(domain.weights(), type) > 0 &&
                                  WeightFor(subdomain.weights(), type) > 0;
        }
        leaf_of_subdomain_[subdomain.id()] = index;
        for (const v1::Item& item : subdomain.items()) {
          if (item.level() >= 1 && item.level() <= kLevels) leaf.items[item.level() - 1].push_back(&item);
          place_of_item_[item.id()] = static_cast<int>(items_.size());
          items_.push_back(&item);
          item_ids_.push_back(item.id());
          leaf_of_place_.push_back(index);
        }
        leaves_.push_back(std::move(leaf));
      }
    }
  }
}

const Leaf* MaturityModel::FindSubdomain(std::string_view id) const {
  const auto found = leaf_of_subdomain_.find(absl::string_view(id.data(), id.size()));
  return found == leaf_of_subdomain_.end() ? nullptr : &leaves_[found->second];
}

std::optional<int> MaturityModel::PlaceOfItem(std::string_view item) const {
  const auto found = place_of_item_.find(absl::string_view(item.data(), item.size()));
  if (found == place_of_item_.end()) return std::nullopt;
  return found->second;
}

ModelCatalogue::ModelCatalogue(std::vector<std::shared_ptr<const MaturityModel>> models) {
  for (auto& model : models) by_name_[model->name()] = std::move(model);
}

std::shared_ptr<const MaturityModel> ModelCatalogue::Find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

std::vector<std::string> ModelCatalogue::names() const {
  std::vector<std::string> names;
  for (const auto& [name, model] : by_name_) names.push_back(name);
  return names;
}

}  // namespace jiebang::maturity
