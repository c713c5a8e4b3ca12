#include "services/maturity/domain/scope.h"

#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {

Scope::Scope(std::shared_ptr<const MaturityModel> model, v1::ManufacturingType type)
    : model_(std::move(model)), type_(type) {
  for (const Leaf& leaf : model_->leaves()) counts_.push_back(leaf.IsIn(type));
}

absl::StatusOr<Scope> Scope::Of(std::shared_ptr<const MaturityModel> model, v1::ManufacturingType type,
                                const TailoredSubdomains& tailored, const std::string& parent) {
  if (type != v1::MANUFACTURING_TYPE_DISCRETE && type != v1::MANUFACTURING_TYPE_PROCESS) {
    return errors::ManufacturingTypeUnknown(FieldPath(parent, "manufacturing_type"));
  }
  Scope scope(std::move(model), type);
  std::vector<FieldViolation> violations;
  std::set<std::string_view> seen;
  for (int i = 0; i < tailored.size(); ++i) {
    const std::string& id = tailored[i].subdomain();
    const std::string field = absl::StrCat(FieldPath(parent, "tailored_subdomains"), "[", i, "].subdomain");
    const Leaf* const leaf = scope.model_->FindSubdomain(id);
    if (leaf == nullptr || !leaf->IsIn(type)) {
      violations.push_back(errors::SubdomainUnknown(field, id));
    } else if (!seen.insert(id).second) {
      violations.push_back(errors::SubdomainTwice(field, id));
    } else if (leaf->domain->mandatory()) {
      violations.push_back(errors::SubdomainMandatory(field, leaf->subdomain->title_zh(), id));
    } else {
      scope.counts_[leaf - scope.model_->leaves().data()] = false;
    }
  }
  if (!violations.empty()) return errors::TailoringInvalid(std::move(violations));
  scope.weighting_ = std::make_shared<const Weighting>(WeightingOf(*scope.model_, type, scope.counts_));
  return scope;
}

}  // namespace jiebang::maturity
