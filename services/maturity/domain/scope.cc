#include "services/maturity/domain/scope.h"

#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {

absl::StatusOr<std::vector<bool>> Scope::CountsOf(const MaturityModel& model, v1::ManufacturingType type,
                                                  const TailoredSubdomains& tailored, const std::string& parent) {
  if (type != v1::MANUFACTURING_TYPE_DISCRETE && type != v1::MANUFACTURING_TYPE_PROCESS) {
    return errors::ManufacturingTypeUnknown(FieldPath(parent, "manufacturing_type"));
  }
  std::vector<bool> counts;
  for (const Leaf& leaf : model.leaves()) counts.push_back(leaf.IsIn(type));
  std::vector<FieldViolation> violations;
  std::set<std::string_view> seen;
  for (int i = 0; i < tailored.size(); ++i) {
    const std::string& id = tailored[i].subdomain();
    const std::string field = absl::StrCat(FieldPath(parent, "tailored_subdomains"), "[", i, "].subdomain");
    const Leaf* const leaf = model.FindSubdomain(id);
    if (leaf == nullptr || !leaf->IsIn(type)) {
      violations.push_back(errors::SubdomainUnknown(field, id));
    } else if (!seen.insert(id).second) {
      violations.push_back(errors::SubdomainTwice(field, id));
    } else if (leaf->domain->mandatory()) {
      violations.push_back(errors::SubdomainMandatory(field, leaf->subdomain->title_zh(), id));
    } else {
      counts[leaf - model.leaves().data()] = false;
    }
  }
  if (!violations.empty()) return errors::TailoringInvalid(std::move(violations));
  return counts;
}

absl::StatusOr<Scope> Scope::Of(std::shared_ptr<const MaturityModel> model, v1::ManufacturingType type,
                                const TailoredSubdomains& tailored, const std::string& parent) {
  ASSIGN_OR_RETURN(std::vector<bool> counts, CountsOf(*model, type, tailored, parent));
  Scope scope;
  scope.weighting_ = std::make_shared<const Weighting>(WeightingOf(*model, type, counts));
  scope.model_ = std::move(model);
  scope.type_ = type;
  scope.counts_ = std::move(counts);
  return scope;
}

}  // namespace jiebang::maturity
